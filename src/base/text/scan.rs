//! Finds addresses, mentions and hashtags in plain text. One pass, linear in the length of the text.

use url::Url;

use super::hashtag;

/// The longest address that is made a link, in bytes.
const MAX_URL: usize = 2048;
/// The longest name of a person, in bytes; the longest that is common elsewhere.
const MAX_USERNAME: usize = 100;
/// The longest host with port, in bytes (RFC 1035 says 253, a port takes 6).
const MAX_HOST: usize = 259;

/// A piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    Text(&'a str),
    /// An http or https address.
    Url(&'a str),
    Mention(Handle<'a>),
    /// A hashtag without its `#`.
    Hashtag(&'a str),
}

/// `@ann` or `@ann@127.0.0.1:4105`, without the first `@`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle<'a> {
    pub username: &'a str,
    pub host: Option<&'a str>,
}

impl<'a> Handle<'a> {
    /// Reads `ann`, `@ann`, `ann@host`, `@ann@host:port` or `acct:ann@host`; `None` if it is anything else.
    ///
    /// ```
    /// # use breezeway::base::text::Handle;
    /// let handle = Handle::parse("@ann@127.0.0.1:4105").unwrap();
    /// assert_eq!((handle.username, handle.host), ("ann", Some("127.0.0.1:4105")));
    /// assert!(Handle::parse("ann smith").is_none());
    /// ```
    pub fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("acct:").unwrap_or(text);
        let text = text.strip_prefix('@').unwrap_or(text);
        let (handle, length) = handle_at(text)?;
        (length == text.len()).then_some(handle)
    }
}

/// The pieces of `text`, in order; put together they are `text`.
pub fn scan(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    let mut before = None;
    while let Some(next) = text[at..].chars().next() {
        let found = if may_follow(before) { token_at(&text[at..], before) } else { None };
        let Some((token, length)) = found else {
            before = Some(next);
            at += next.len_utf8();
            continue;
        };
        if !matches!(token, Token::Text(_)) {
            if plain_from < at {
                tokens.push(Token::Text(&text[plain_from..at]));
            }
            tokens.push(token);
            plain_from = at + length;
        }
        at += length;
        before = text[..at].chars().next_back();
    }
    if plain_from < text.len() {
        tokens.push(Token::Text(&text[plain_from..]));
    }
    tokens
}

/// Whether a token may begin after `before`: not within a word, an address or an escape.
fn may_follow(before: Option<char>) -> bool {
    before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '/' | '@' | '#' | '&' | '\\'))
}

/// The token that `rest` begins with, and its length in bytes. `Token::Text` is what looked like a
/// token and is none; it is skipped as a whole, so that the scan stays linear.
fn token_at(rest: &str, before: Option<char>) -> Option<(Token<'_>, usize)> {
    match rest.chars().next()? {
        '@' => {
            let (handle, length) = handle_at(&rest[1..])?;
            Some((Token::Mention(handle), length + 1))
        }
        '#' => {
            let name = hashtag::at_start(&rest[1..])?;
            Some((Token::Hashtag(name), name.len() + 1))
        }
        'h' | 'H' => url_at(rest, before == Some('<')),
        _ => None,
    }
}

fn handle_at(text: &str) -> Option<(Handle<'_>, usize)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let length = run(text, MAX_USERNAME, is_name)?;
    let username = text[..length].trim_end_matches(['.', '-']);
    if username.is_empty() || username.starts_with(['.', '-']) {
        return None;
    }
    let after = &text[username.len()..];
    let host = after.strip_prefix('@').and_then(host_at);
    let length = username.len() + host.map_or(0, |host| 1 + host.len());
    Some((Handle { username, host }, length))
}

/// A name or an IPv4 address, with or without a port.
fn host_at(text: &str) -> Option<&str> {
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let length = run(text, MAX_HOST, is_host)?;
    let host = text[..length].trim_end_matches(['.', '-']);
    if host.is_empty() || host.starts_with(['.', '-']) {
        return None;
    }
    let digits = text[host.len()..].strip_prefix(':').map_or("", |after| {
        let length = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        &after[..length.min(6)]
    });
    let is_port = digits.parse::<u16>().is_ok();
    Some(if is_port { &text[..=host.len() + digits.len()] } else { host })
}

/// How many bytes at the start of `text` are such characters; `None` if there are none or too many.
fn run(text: &str, max: usize, is_such: impl Fn(char) -> bool) -> Option<usize> {
    let mut length = 0;
    for c in text.chars() {
        if !is_such(c) {
            break;
        }
        length += c.len_utf8();
        if length > max {
            return None;
        }
    }
    (length > 0).then_some(length)
}

/// In angles (`<https://…>`) the punctuation at the end belongs to the address.
fn url_at(rest: &str, in_angles: bool) -> Option<(Token<'_>, usize)> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let ends = |(index, c): &(usize, char)| {
        // `[https://a.example](https://b.example)` is a link of Markdown.
        ends_url(*c) || (*c == ']' && rest[index + 1..].starts_with('('))
    };
    let run = &rest[..rest.char_indices().find(ends).map_or(rest.len(), |(index, _)| index)];
    let is_whole = in_angles && rest[run.len()..].starts_with('>');
    let address = if is_whole { run } else { trim_end_of_url(run) };
    let is_address = address.len() > scheme.len()
        && address.len() <= MAX_URL
        && Url::parse(address).is_ok_and(|url| url.host_str().is_some_and(|host| !host.is_empty()));
    Some(if is_address { (Token::Url(address), address.len()) } else { (Token::Text(run), run.len()) })
}

/// Whether an address ends before `c`. Marks that turn the direction of writing never belong to one.
fn ends_url(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || is_direction_mark(c)
        || matches!(
            c,
            '<' | '>' | '"' | '`' | '“' | '”' | '„' | '«' | '»' | '、' | '。' | '，' | '）' | '」' | '』'
        )
}

/// Marks that turn the direction of writing, and other marks that are not seen.
pub fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Punctuation at the end belongs to the sentence; a bracket does unless it was opened inside.
fn trim_end_of_url(run: &str) -> &str {
    let count = |c| run.matches(c).count();
    let mut round = count('(').cast_signed() - count(')').cast_signed();
    let mut square = count('[').cast_signed() - count(']').cast_signed();
    let mut address = run;
    while let Some(last) = address.chars().next_back() {
        match last {
            ')' if round < 0 => round += 1,
            ']' if square < 0 => square += 1,
            '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '’' | '…' | '*' | '~' => {}
            _ => break,
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
