//! Links in the text of posts: people and tags lead to pages of this site, everything else leads where it led.

use std::collections::HashMap;

/// The text with its links led to this site; `people` maps addresses of mentioned people to their pages here.
pub fn lead_home(content: &str, people: &HashMap<&str, String>, tags: &[(String, String)]) -> String {
    if !content.contains("<a ") {
        return content.to_owned();
    }
    let mut out = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(start) = rest.find("<a ") {
        let (before, tag_on) = rest.split_at(start);
        let Some(end) = tag_on.find('>') else { break };
        let (tag, after) = tag_on.split_at(end);
        out.push_str(before);
        out.push_str(&lead_tag_home(tag, people, tags));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn lead_tag_home(tag: &str, people: &HashMap<&str, String>, tags: &[(String, String)]) -> String {
    let Some((before, value_on)) = tag.split_once("href=\"") else { return tag.to_owned() };
    let Some((href, after)) = value_on.split_once('"') else { return tag.to_owned() };
    let target = match people.get(href) {
        Some(page) => page.clone(),
        None => match tag_of(tag, href, tags) {
            Some(key) => format!("/tags/{key}"),
            None => return tag.to_owned(),
        },
    };
    format!("{before}href=\"{}\"{after}", escape(&target))
}

fn tag_of<'a>(tag: &str, href: &str, tags: &'a [(String, String)]) -> Option<&'a str> {
    if !tag.contains("hashtag") && !tag.contains("rel=\"tag") {
        return None;
    }
    let last = href.trim_end_matches('/').rsplit('/').next()?.to_lowercase();
    tags.iter()
        .find(|(key, _)| *key == last || percent_decoded(&last).as_deref() == Some(key))
        .map(|(key, _)| key.as_str())
}

fn percent_decoded(text: &str) -> Option<String> {
    let decoded = url::form_urlencoded::parse(text.as_bytes()).next()?.0.into_owned();
    Some(decoded.to_lowercase())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_leads_to_the_page_here() {
        let people = HashMap::from([("https://sales.example/@bob", "/@bob@sales.example".to_owned())]);
        let content = r#"<p><a href="https://sales.example/@bob" class="mention">@bob</a> and <a href="https://x.example/">x</a></p>"#;

        let led = lead_home(content, &people, &[]);

        assert_eq!(
            led,
            r#"<p><a href="/@bob@sales.example" class="mention">@bob</a> and <a href="https://x.example/">x</a></p>"#
        );
    }

    #[test]
    fn a_hashtag_leads_to_the_tag_here() {
        let tags = [("graz".to_owned(), "Graz".to_owned())];
        let content =
            r#"<a href="https://sales.example/tags/Graz" class="mention hashtag" rel="tag">#Graz</a>"#;

        assert!(lead_home(content, &HashMap::new(), &tags).contains(r#"href="/tags/graz""#));
    }
}
