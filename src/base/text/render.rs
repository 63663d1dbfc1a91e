//! What somebody typed, as HTML.

use super::markdown;
use super::scan::scan;
use super::write::Writer;
use super::{Format, Found, Html, ResolvedMention};

/// The HTML of `source`. Nothing of it is taken over as HTML: what looks like a tag is shown as typed.
///
/// `mentions` are the people whom the mentions in the text turned out to be; the others stay text.
/// `origin` is the site's address without a slash at its end; hashtags lead to `{origin}/tags/{key}`.
///
/// ```
/// # use breezeway::base::text::{render, Format};
/// let html = render("*two*\nlines", Format::Markdown, &[], "https://eng.example.org");
/// assert_eq!(html.as_str(), "<p><em>two</em><br>lines</p>");
/// ```
pub fn render(source: &str, format: Format, mentions: &[ResolvedMention], origin: &str) -> Html {
    let mut writer = Writer::new(mentions, origin);
    write(source, format, &mut writer);
    Html(writer.html)
}

/// The mentions and hashtags that [`render`] would make links of: not those inside code and links.
pub fn extract(source: &str, format: Format) -> Found {
    let mut writer = Writer::new(&[], "");
    write(source, format, &mut writer);
    writer.found
}

fn write(source: &str, format: Format, writer: &mut Writer<'_>) {
    let source = normalised(source);
    match format {
        Format::Plain => write_plain(&source, writer),
        Format::Markdown => markdown::write(&source, writer),
    }
}

/// One kind of line end, no control characters, and none of the two that Markdown uses as marks here.
fn normalised(source: &str) -> String {
    let source = source.replace("\r\n", "\n").replace('\r', "\n");
    source
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(*c, markdown::OPEN | markdown::CLOSE))
        .collect()
}

/// Paragraphs are separated by empty lines; addresses, mentions and hashtags become links.
fn write_plain(source: &str, writer: &mut Writer<'_>) {
    let mut paragraph = String::new();
    for line in source.trim().lines() {
        if line.trim().is_empty() {
            write_paragraph(&mut paragraph, writer);
            continue;
        }
        if !paragraph.is_empty() {
            paragraph.push('\n');
        }
        paragraph.push_str(line);
    }
    write_paragraph(&mut paragraph, writer);
}

fn write_paragraph(paragraph: &mut String, writer: &mut Writer<'_>) {
    if paragraph.is_empty() {
        return;
    }
    writer.tag("<p>");
    for token in scan(paragraph) {
        writer.token(token);
    }
    writer.tag("</p>");
    paragraph.clear();
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
