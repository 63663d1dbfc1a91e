//! Writes HTML: escaped text, links, mentions, hashtags.

use std::fmt::Write as _;

use super::scan::{Handle, Token};
use super::{Found, FoundMention, ResolvedMention, hashtag_key};

/// How much of an address is shown; the rest is there for copying and for screen readers.
const SHOWN: usize = 30;
/// What every link carries: we vouch for none, and tell none where the reader comes from.
pub(super) const REL: &str = "nofollow noopener noreferrer";

/// Takes tokens, makes HTML, and keeps a list of what it met.
pub(super) struct Writer<'a> {
    pub html: String,
    pub found: Found,
    mentions: &'a [ResolvedMention],
    origin: &'a str,
}

impl<'a> Writer<'a> {
    pub fn new(mentions: &'a [ResolvedMention], origin: &'a str) -> Self {
        Self { html: String::new(), found: Found::default(), mentions, origin }
    }

    pub fn tag(&mut self, tag: &str) {
        self.html.push_str(tag);
    }

    /// Text as it is.
    pub fn escaped(&mut self, text: &str) {
        escape_into(&mut self.html, text);
    }

    /// Text in which a new line is one.
    pub fn lines(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.tag("<br>");
            }
            self.escaped(line);
        }
    }

    pub fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Text(text) => self.lines(text),
            Token::Url(url) => self.link(url),
            Token::Mention(handle) => self.mention(handle),
            Token::Hashtag(name) => self.hashtag(name),
        }
    }

    fn link(&mut self, url: &str) {
        let scheme = url.find("://").map_or(0, |index| index + 3);
        let scheme = if url[scheme..].starts_with("www.") { scheme + 4 } else { scheme };
        let shown_to = url[scheme..].char_indices().nth(SHOWN).map_or(url.len(), |(index, _)| scheme + index);
        self.open_link(url);
        self.tag("<span class=\"invisible\">");
        self.escaped(&url[..scheme]);
        self.tag(if shown_to < url.len() { "</span><span class=\"ellipsis\">" } else { "</span><span>" });
        self.escaped(&url[scheme..shown_to]);
        self.tag("</span>");
        if shown_to < url.len() {
            self.tag("<span class=\"invisible\">");
            self.escaped(&url[shown_to..]);
            self.tag("</span>");
        }
        self.tag("</a>");
    }

    /// The opening tag of a link; the caller has checked the scheme.
    pub fn open_link(&mut self, url: &str) {
        self.tag("<a href=\"");
        self.escaped(url);
        self.tag("\" rel=\"");
        self.tag(REL);
        self.tag("\" translate=\"no\">");
    }

    fn mention(&mut self, handle: Handle<'_>) {
        let found = FoundMention::from(handle);
        let resolved = self.mentions.iter().find(|mention| found.is(&mention.text_handle));
        match resolved {
            None => self.escaped(&format!("@{found}")),
            Some(resolved) => {
                self.html.push_str("<span class=\"h-card\" translate=\"no\"><a href=\"");
                escape_into(&mut self.html, &resolved.url);
                self.html.push_str("\" class=\"u-url mention\" rel=\"");
                self.html.push_str(REL);
                self.html.push_str("\">@<span>");
                escape_into(&mut self.html, handle.username);
                self.html.push_str("</span></a></span>");
            }
        }
        if !self.found.mentions.contains(&found) {
            self.found.mentions.push(found);
        }
    }

    fn hashtag(&mut self, name: &str) {
        let key = hashtag_key(name);
        let address = format!("{}/tags/{}", self.origin, percent_encoded(&key));
        self.tag("<a href=\"");
        self.escaped(&address);
        self.tag("\" class=\"mention hashtag\" rel=\"");
        self.tag(REL);
        self.tag("\">#<span>");
        self.escaped(name);
        self.tag("</span></a>");
        if !self.found.hashtags.iter().any(|hashtag| hashtag.key == key) {
            self.found.hashtags.push(super::FoundHashtag { name: name.to_owned(), key });
        }
    }
}

/// `text`, harmless in HTML, in text and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_into(&mut html, text);
    html
}

/// Makes `text` harmless in HTML, in text and in quoted attributes.
pub(super) fn escape_into(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => html.push(c),
        }
    }
}

/// A path segment.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'~') {
            encoded.push(byte.into());
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
