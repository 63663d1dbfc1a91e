//! A person at a browser without scripts: cookies are kept, forms carry their token, redirects are followed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderValue, Method};
use url::Url;

use super::http::{Answer, Http, send};

/// A form on its way.
struct Form {
    kind: String,
    body: Vec<u8>,
}

/// A browser with one cookie jar. Clones share it.
#[derive(Clone, Debug)]
pub struct Browser {
    http: Http,
    site: Url,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Browser {
    /// A browser that has never been anywhere; `site` is the start of all paths.
    pub fn new(site: Url) -> Self {
        Self { http: Http::default(), site, cookies: Arc::default() }
    }

    /// Opens a page and goes where it redirects.
    pub async fn open(&self, path: &str) -> Answer {
        self.walk(Method::GET, self.address(path), None).await
    }

    /// Opens the page `page`, and sends the form on it to `action` with the token found there.
    pub async fn submit(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.open(page).await;
        let mut form: Vec<(String, String)> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        form.extend(hidden_value(&page.text(), "csrf").map(|token| ("csrf".to_owned(), token)));
        self.post_fields(action, form).await
    }

    /// Sends a form as it is, without a token, as a page of another origin would.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.post_fields(path, form).await
    }

    /// As [`Self::submit`], with a file: its field, its name and what is in it.
    pub async fn upload(
        &self,
        page: &str,
        action: &str,
        fields: &[(&str, &str)],
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Answer {
        const EDGE: &str = "edge-of-a-part";
        let token = hidden_value(&self.open(page).await.text(), "csrf").unwrap_or_default();
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain([("csrf", token.as_str())]) {
            let part =
                format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{EDGE}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        let form = Form { kind: format!("multipart/form-data; boundary={EDGE}"), body };
        self.walk(Method::POST, self.address(action), Some(form)).await
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    async fn post_fields(&self, path: &str, form: Vec<(String, String)>) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let form = Form { kind: "application/x-www-form-urlencoded".to_owned(), body: body.into_bytes() };
        self.walk(Method::POST, self.address(path), Some(form)).await
    }

    fn address(&self, path: &str) -> Url {
        self.site.join(path).expect("a path or a URL")
    }

    async fn walk(&self, method: Method, url: Url, form: Option<Form>) -> Answer {
        let mut answer = self.step(method, url, form).await;
        for _ in 0..10 {
            let Some(next) = answer.location().filter(|_| answer.status.is_redirection()) else { break };
            // A redirect to another place (a client program's) is where the walk ends.
            if next.origin() != self.site.origin() {
                break;
            }
            answer = self.step(Method::GET, next, None).await;
        }
        answer
    }

    async fn step(&self, method: Method, url: Url, form: Option<Form>) -> Answer {
        let mut request = self
            .http
            .request(method, url)
            .header("accept", "text/html")
            .header("cookie", self.cookie_header());
        if let Some(form) = form {
            let origin = self.site.origin().ascii_serialization();
            request = request.header("origin", origin).header("content-type", form.kind).body(form.body);
        }
        let answer = send(request).await;
        for cookie in answer.headers.get_all("set-cookie") {
            self.keep(cookie);
        }
        answer
    }

    fn cookie_header(&self) -> String {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, cookie: &HeaderValue) {
        let text = cookie.to_str().unwrap_or_default();
        let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
        let Some((name, value)) = pair.split_once('=') else { return };
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        if attributes.to_ascii_lowercase().contains("max-age=0") || value.is_empty() {
            cookies.remove(name.trim());
        } else {
            cookies.insert(name.trim().to_owned(), value.trim().to_owned());
        }
    }
}

/// The value of a hidden field, from the text of a page.
fn hidden_value(page: &str, name: &str) -> Option<String> {
    let field = page.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\"")))?;
    let value = field.split_once("value=\"")?.1;
    value.split('"').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_form_is_found() {
        let page = r#"<form><input name="text"><input type="hidden" name="csrf" value="abc"></form>"#;

        assert_eq!(hidden_value(page, "csrf").as_deref(), Some("abc"));
        assert_eq!(hidden_value("<p>csrf</p>", "csrf"), None);
    }

    #[test]
    fn a_cookie_is_kept_and_forgotten() {
        let browser = Browser::new("http://127.0.0.1:1/".parse().expect("a URL"));

        browser.keep(&HeaderValue::from_static("session=abc; HttpOnly; SameSite=Lax"));
        assert_eq!(browser.cookie_header(), "session=abc");

        browser.keep(&HeaderValue::from_static("session=; Max-Age=0"));
        assert_eq!(browser.cookie_header(), "");
    }
}
