//! HTML as plain text: for search, notifications, titles.
//!
//! Linear and without a tree, so that it also takes what is too deep or too large for the sanitiser. Its
//! result is text, not HTML, whatever the input was.

/// The text of `html`, with its lines and paragraphs.
///
/// ```
/// # use breezeway::base::text::to_plain;
/// assert_eq!(to_plain("<p>Hello<br>you &amp; me</p><p>Bye</p>"), "Hello\nyou & me\n\nBye");
/// ```
pub fn to_plain(html: &str) -> String {
    strip(html, false)
}

/// The beginning of the text of `html` as it is seen, on one line, at most `max` characters long.
///
/// ```
/// # use breezeway::base::text::excerpt;
/// assert_eq!(excerpt("<p>Hello my dear<br>colleagues</p>", 16), "Hello my dear…");
/// ```
pub fn excerpt(html: &str, max: usize) -> String {
    shorten(&strip(html, true), max)
}

/// `text` on one line, at most `max` characters long, cut between words if possible.
pub fn shorten(text: &str, max: usize) -> String {
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let blank = usize::from(length > 0);
        let count = word.chars().count();
        if length + blank + count <= max {
            line.push_str(if blank == 1 { " " } else { "" });
            line.push_str(word);
            length += blank + count;
            continue;
        }
        if length == 0 {
            line.extend(word.chars().take(max.saturating_sub(1)));
        }
        while length == max && line.pop().is_some_and(|last| last != ' ') {}
        line.push('…');
        break;
    }
    line
}

fn strip(html: &str, as_seen: bool) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    // How many spans are open inside an invisible one, that one included.
    let mut invisible = 0_usize;
    let mut raw_until: Option<&str> = None;
    while !rest.is_empty() {
        let (before, tag, after) = next_tag(rest);
        if invisible == 0 && raw_until.is_none() {
            decode_into(&mut text, before);
        }
        rest = after;
        let Some(tag) = tag else { continue };
        let name = tag_name(tag);
        if let Some(end) = raw_until {
            if name == end {
                raw_until = None;
            }
            continue;
        }
        match name.as_str() {
            "script" => raw_until = Some("/script"),
            "style" => raw_until = Some("/style"),
            "span" if as_seen && (invisible > 0 || tag.contains("\"invisible\"")) => invisible += 1,
            "/span" => {
                invisible = invisible.saturating_sub(1);
            }
            "br" => text.push('\n'),
            "/p" | "/blockquote" | "/pre" | "/ul" | "/ol" | "/div" | "/h1" | "/h2" | "/h3" | "/h4" => {
                break_lines(&mut text, 2);
            }
            "li" => {
                break_lines(&mut text, 1);
                text.push_str("- ");
            }
            _ => {}
        }
        if as_seen && tag.contains("\"ellipsis\"") {
            ellipsis(&mut text, &mut rest);
        }
    }
    text.trim().to_owned()
}

/// Shows the text of a shortened address, with a sign that there is more.
fn ellipsis(text: &mut String, rest: &mut &str) {
    let (before, _, after) = next_tag(rest);
    decode_into(text, before);
    text.push('…');
    *rest = after;
}

/// The text before the next tag, the inside of the tag, what follows. A `<` that begins no tag is text.
fn next_tag(html: &str) -> (&str, Option<&str>, &str) {
    let mut from = 0;
    while let Some(found) = html[from..].find('<') {
        let open = from + found;
        let begins =
            html[open + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !begins {
            from = open + 1;
            continue;
        }
        return match html[open..].find('>') {
            Some(close) => (&html[..open], Some(&html[open + 1..open + close]), &html[open + close + 1..]),
            // Never closed: the rest is no text either.
            None => (&html[..open], None, ""),
        };
    }
    (html, None, "")
}

fn tag_name(tag: &str) -> String {
    let end = tag
        .char_indices()
        .find(|(index, c)| !(c.is_ascii_alphanumeric() || (*index == 0 && *c == '/')))
        .map_or(tag.len(), |(index, _)| index);
    tag[..end].to_ascii_lowercase()
}

fn break_lines(text: &mut String, wanted: usize) {
    let present = text.len() - text.trim_end_matches('\n').len();
    if !text.is_empty() {
        text.extend(std::iter::repeat_n('\n', wanted.saturating_sub(present)));
    }
}

fn decode_into(text: &mut String, html: &str) {
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = entity(rest).unwrap_or(('&', 1));
        text.push(c);
        rest = &rest[length..];
    }
    text.push_str(rest);
}

/// The character that `rest` names at its beginning, and how many bytes that takes.
fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(12).position(|byte| byte == b';')?;
    let c = match &rest[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control() || *c == '\n')?
        }
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_its_lines_and_loses_its_tags() {
        assert_eq!(to_plain("<p>a<br/>b</p><ul><li>x</li><li>y</li></ul><p>c</p>"), "a\nb\n\n- x\n- y\n\nc");
        assert_eq!(to_plain("1 < 2 &lt; 3 &amp;&#39;&#x41;&unknown; &"), "1 < 2 < 3 &'A&unknown; &");
        assert_eq!(to_plain("<script>alert(1)</script>x<style>y</style>"), "x");
        assert_eq!(to_plain("a<b never closed"), "a");
    }

    #[test]
    fn an_excerpt_shows_what_is_seen() {
        let link = r#"<p>See <a href="https://a.example/0123456789"><span class="invisible">https://</span><span class="ellipsis">a.example/012</span><span class="invisible">3456789</span></a> there</p>"#;
        assert_eq!(excerpt(link, 100), "See a.example/012… there");
        assert_eq!(to_plain(link), "See https://a.example/0123456789 there");
    }

    #[test]
    fn an_excerpt_never_exceeds_its_length() {
        for max in 1..30 {
            for text in ["one two three four five", "unbrokenunbrokenunbroken", "a b", ""] {
                let short = shorten(text, max);
                assert!(short.chars().count() <= max, "{short:?} {max}");
            }
        }
        assert_eq!(shorten("one two three", 8), "one two…");
        assert_eq!(shorten("one two three", 7), "one…");
    }

    #[test]
    fn a_hostile_megabyte_takes_no_time() {
        for piece in ["<", "&", "<a", "<span class=\"ellipsis\">", "<div>", "<script>", "&#", "< >"] {
            to_plain(&piece.repeat(1_000_000 / piece.len()));
        }
    }
}
