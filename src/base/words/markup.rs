//! Messages with markup in them: a name that is a link, within a sentence whose order is the language's.

use fluent_bundle::FluentValue;

use super::Told;
use crate::base::text::escape;

/// What stands in a message that becomes HTML.
#[derive(Clone, Debug)]
pub enum Piece<'a> {
    /// Escaped.
    Text(&'a str),
    /// Put in as it is.
    Markup(&'a str),
    /// To count by.
    Number(i64),
}

/// Markup passes through a message as a character that no text holds, and is put back after escaping.
const FIRST: u32 = 0xF_0000;

pub(super) fn say(
    told: &[(&str, Piece<'_>)],
    say: impl FnOnce(&[Told<'_>]) -> Option<String>,
) -> Option<String> {
    let args: Vec<Told<'_>> = told
        .iter()
        .zip(FIRST..)
        .map(|((name, piece), place)| {
            let value = match piece {
                Piece::Number(number) => FluentValue::from(*number),
                Piece::Text(_) | Piece::Markup(_) => {
                    FluentValue::from(char::from_u32(place).unwrap_or_default().to_string())
                }
            };
            (*name, value)
        })
        .collect();
    let sentence = escape(&say(&args)?);
    let mut html = String::with_capacity(sentence.len() * 2);
    for character in sentence.chars() {
        let place = u32::from(character).checked_sub(FIRST).and_then(|place| told.get(place as usize));
        match place {
            Some((_, Piece::Text(text))) => html.push_str(&escape(text)),
            Some((_, Piece::Markup(markup))) => html.push_str(markup),
            _ => html.push(character),
        }
    }
    Some(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_markup_stays() {
        let told =
            [("who", Piece::Text("<i>")), ("link", Piece::Markup("<a>b</a>")), ("n", Piece::Number(2))];
        let html = say(&told, |args| {
            let word = |at: usize| match &args[at].1 {
                FluentValue::String(text) => text.to_string(),
                other => format!("{other:?}"),
            };
            Some(format!("{} & {}", word(0), word(1)))
        });

        assert_eq!(html.as_deref(), Some("&lt;i&gt; &amp; <a>b</a>"));
    }
}
