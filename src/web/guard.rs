//! What protects the pages: where a form may come from, and what a browser may do with a page.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};

const POLICY: &str = "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; \
                      frame-ancestors 'none'; form-action 'self'";
const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const FETCH_SITE: &str = "sec-fetch-site";

/// Whether a request that changes something comes from a page of this site.
///
/// Browsers say where a form stood; a program that says nothing has no cookie of somebody else to misuse.
pub fn comes_from_here(method: &Method, headers: &HeaderMap, origin: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    if let Some(site) = headers.get(FETCH_SITE) {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    headers.get(header::ORIGIN).is_none_or(|from| from.as_bytes() == origin.as_bytes())
}

/// Lets the form of this page lead on to a program's address; browsers check that too.
pub fn allow_form_to(headers: &mut HeaderMap, address: &str) {
    let Ok(url) = url::Url::parse(address) else { return };
    let target = match url.scheme() {
        "http" | "https" => url.origin().ascii_serialization(),
        scheme => format!("{scheme}:"),
    };
    let policy = POLICY.replace("form-action 'self'", &format!("form-action 'self' {target}"));
    if let Ok(value) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
}

/// What every page says to the browser.
pub fn protect(headers: &mut HeaderMap, secure: bool) {
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(OPENER, HeaderValue::from_static("same-origin"));
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://eng.example.org";

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a value"))
            })
            .collect()
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        let post = Method::POST;

        assert!(comes_from_here(&post, &headers(&[("origin", HERE)]), HERE));
        assert!(comes_from_here(&post, &headers(&[("sec-fetch-site", "same-origin")]), HERE));
        assert!(!comes_from_here(&post, &headers(&[("origin", "https://evil.example")]), HERE));
        assert!(!comes_from_here(&post, &headers(&[("origin", "null")]), HERE));
        assert!(!comes_from_here(
            &post,
            &headers(&[("sec-fetch-site", "cross-site"), ("origin", HERE)]),
            HERE
        ));
        assert!(!comes_from_here(&post, &headers(&[("sec-fetch-site", "same-site")]), HERE));
    }

    #[test]
    fn reading_is_free() {
        assert!(comes_from_here(&Method::GET, &headers(&[("origin", "https://evil.example")]), HERE));
    }
}
