//! Markdown: emphasis, links, lists, quotes and code, in the plain dress of a post.
//!
//! Headings become bold paragraphs, pictures become links, a new line is a new line, and HTML is shown as
//! typed. Addresses, mentions and hashtags are found before Markdown is read and stand in its input as a
//! mark with a number, so that no `_` or `*` in them means anything.

use std::fmt::Write as _;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::scan::{Token, scan};
use super::write::Writer;

/// Private characters that embrace the number of a token.
pub(super) const OPEN: char = '\u{e000}';
pub(super) const CLOSE: char = '\u{e001}';

/// Quotes and lists within one another beyond this are shown on the same level.
const MAX_DEPTH: usize = 8;

pub(super) fn write(source: &str, writer: &mut Writer<'_>) {
    let (marked, tokens) = mark(source);
    let mut page = Page { writer, tokens, depth: 0, skipped: 0, literal: 0, links: Vec::new() };
    for event in Parser::new_ext(&marked, Options::ENABLE_STRIKETHROUGH) {
        page.event(event);
    }
}

/// Puts a mark in the place of every token that is not plain text.
fn mark(source: &str) -> (String, Vec<Token<'_>>) {
    let mut marked = String::with_capacity(source.len());
    let mut tokens = Vec::new();
    let mut in_angles = false;
    for token in scan(source) {
        let Token::Text(mut text) = token else {
            // `<https://…>`: with a mark inside, Markdown would not know it any more.
            in_angles = matches!(token, Token::Url(_)) && marked.ends_with('<');
            if in_angles {
                marked.pop();
            }
            let _ = write!(marked, "{OPEN}{}{CLOSE}", tokens.len());
            tokens.push(token);
            continue;
        };
        if std::mem::take(&mut in_angles) {
            match text.strip_prefix('>') {
                Some(rest) => text = rest,
                None => marked = restore_angle(&marked),
            }
        }
        marked.push_str(text);
    }
    (marked, tokens)
}

/// Puts the `<` back before the last mark: it was not closed after it.
fn restore_angle(marked: &str) -> String {
    let at = marked.rfind(OPEN).unwrap_or(marked.len());
    format!("{}<{}", &marked[..at], &marked[at..])
}

struct Page<'w, 'a, 't> {
    writer: &'w mut Writer<'a>,
    tokens: Vec<Token<'t>>,
    depth: usize,
    /// How many blocks that are open got no tag because they were too deep.
    skipped: usize,
    /// Above 0 inside code and links, where nothing becomes a link.
    literal: usize,
    /// Whether each open link got a tag.
    links: Vec<bool>,
}

impl Page<'_, '_, '_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => {
                self.writer.tag("<code>");
                self.literally(&text);
                self.writer.tag("</code>");
            }
            Event::SoftBreak | Event::HardBreak => self.writer.tag("<br>"),
            Event::Rule => self.writer.tag("<p>* * *</p>"),
            // Extensions that are not turned on.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.writer.tag("<p>"),
            Tag::Heading { .. } => self.writer.tag("<p><strong>"),
            Tag::BlockQuote(_) => self.open("<blockquote>"),
            Tag::List(None) => self.open("<ul>"),
            Tag::List(Some(1)) => self.open("<ol>"),
            Tag::List(Some(start)) => self.open(&format!("<ol start=\"{start}\">")),
            Tag::Item => self.writer.tag(if self.skipped > 0 { "<br>" } else { "<li>" }),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.literal += 1;
                self.writer.tag("<pre><code>");
            }
            Tag::Emphasis => self.writer.tag("<em>"),
            Tag::Strong => self.writer.tag("<strong>"),
            Tag::Strikethrough => self.writer.tag("<del>"),
            Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. } => {
                self.open_link(link_type, &dest_url);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.writer.tag("</p>"),
            TagEnd::Heading(_) => self.writer.tag("</strong></p>"),
            TagEnd::BlockQuote(_) => self.close("</blockquote>"),
            TagEnd::List(false) => self.close("</ul>"),
            TagEnd::List(true) => self.close("</ol>"),
            TagEnd::Item if self.skipped == 0 => self.writer.tag("</li>"),
            TagEnd::CodeBlock => {
                self.literal -= 1;
                self.writer.tag("</code></pre>");
            }
            TagEnd::Emphasis => self.writer.tag("</em>"),
            TagEnd::Strong => self.writer.tag("</strong>"),
            TagEnd::Strikethrough => self.writer.tag("</del>"),
            TagEnd::Link | TagEnd::Image => {
                self.literal -= 1;
                if self.links.pop() == Some(true) {
                    self.writer.tag("</a>");
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, tag: &str) {
        if self.depth < MAX_DEPTH {
            self.depth += 1;
            self.writer.tag(tag);
        } else {
            self.skipped += 1;
        }
    }

    fn close(&mut self, tag: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
        } else {
            self.depth -= 1;
            self.writer.tag(tag);
        }
    }

    /// A link within a link, or to anything but the web or a mailbox, stays text.
    fn open_link(&mut self, link_type: LinkType, destination: &str) {
        let mut address = self.unmarked(destination);
        if link_type == LinkType::Email {
            address.insert_str(0, "mailto:");
        }
        let is_link = !self.links.contains(&true) && is_safe_address(&address);
        if is_link {
            self.writer.open_link(&address);
        }
        self.links.push(is_link);
        self.literal += 1;
    }

    fn text(&mut self, text: &str) {
        if self.literal > 0 {
            return self.literally(text);
        }
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => self.writer.lines(text),
                Piece::Mark(number) => {
                    if let Some(token) = self.tokens.get(number).copied() {
                        self.writer.token(token);
                    }
                }
            }
        }
    }

    /// Writes text with its tokens as they were typed.
    fn literally(&mut self, text: &str) {
        let text = self.unmarked(text);
        self.writer.escaped(&text);
    }

    fn unmarked(&self, text: &str) -> String {
        let mut typed = String::with_capacity(text.len());
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => typed.push_str(text),
                Piece::Mark(number) => match self.tokens.get(number) {
                    Some(Token::Url(text) | Token::Text(text)) => typed.push_str(text),
                    Some(Token::Hashtag(name)) => {
                        let _ = write!(typed, "#{name}");
                    }
                    Some(Token::Mention(handle)) => {
                        let _ = write!(typed, "@{}", super::FoundMention::from(*handle));
                    }
                    None => {}
                },
            }
        }
        typed
    }
}

fn is_safe_address(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| match url.scheme() {
        "http" | "https" => url.host_str().is_some_and(|host| !host.is_empty()),
        "mailto" => true,
        _ => false,
    })
}

enum Piece<'a> {
    Text(&'a str),
    Mark(usize),
}

/// Text between the marks, and the marks.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split_inclusive(CLOSE).flat_map(|part| {
        let marked = part.strip_suffix(CLOSE).and_then(|part| part.rsplit_once(OPEN));
        match marked {
            None => [Some(Piece::Text(part)), None],
            Some((text, number)) => [Some(Piece::Text(text)), number.parse().ok().map(Piece::Mark)],
        }
        .into_iter()
        .flatten()
    })
}
