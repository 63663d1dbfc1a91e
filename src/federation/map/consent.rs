//! Policies, quotes and stamps, as they stand in a note.

use url::Url;

use super::url;
use crate::activitystreams::Note;
use crate::activitystreams::audience::PUBLIC;
use crate::activitystreams::object::{InteractionPolicy, Link, SubPolicy, Tag};
use crate::base::Result;
use crate::base::origin::host_of_uri;
use crate::domain::statuses::consent::{Circle, Policy, QuoteState, Rule, TakenQuote};
use crate::domain::statuses::{StatusView, Visibility};
use crate::federation::map::from_note::Author;
use crate::platform::services::Services;

/// Writes into a note what its post says of consent: who may do what, what it quotes, and the stamps.
///
/// # Errors
/// [`crate::base::Error::Internal`] for addresses that are none.
pub fn add_to_wire(services: &Services, view: &StatusView, note: &mut Note) -> Result<()> {
    note.interaction_policy = Some(policy_to_wire(services, view));
    if let Some((_, Some(stamp))) = &view.consent.approval {
        note.reply_authorization = Some(url(stamp)?);
    }
    let Some(quote) = &view.consent.quote else { return Ok(()) };
    if !matches!(quote.state, QuoteState::Pending | QuoteState::Accepted) {
        return Ok(());
    }
    let quoted = url(&quote.uri)?;
    let page = quote.quoted.as_ref().map_or(quote.uri.as_str(), |quoted| quoted.status.url.as_str());
    if let Some(content) = note.content.as_mut().filter(|content| !content.contains(page)) {
        let with_link = format!("{}{content}", fallback(page));
        for text in note.content_map.values_mut().filter(|text| *text == content) {
            text.clone_from(&with_link);
        }
        *content = with_link;
    }
    note.tag.push(Tag::Link(Link::to_quoted(quoted.clone())));
    note.quote_url = Some(quoted.clone());
    note.quote_uri = Some(quoted.clone());
    note.misskey_quote = Some(quoted.clone());
    note.quote = Some(quoted);
    note.quote_authorization = match quote.state {
        QuoteState::Accepted => quote.stamp_uri.as_deref().map(url).transpose()?,
        _ => None,
    };
    Ok(())
}

/// For those who know no quotes.
fn fallback(page: &str) -> String {
    let page = page.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    format!("<p class=\"quote-inline\">RE: <a href=\"{page}\">{page}</a></p>")
}

/// What is said of quotes is always written, since others take silence for nobody; the rest only where it is not
/// everybody.
fn policy_to_wire(services: &Services, view: &StatusView) -> InteractionPolicy {
    let policy = &view.consent.policy;
    let names = |rule: &Rule| names_of(services, view, rule);
    let both = |rule: &Rule| {
        let (automatic, manual) = names(rule);
        SubPolicy {
            always: automatic.clone(),
            approval_required: manual.clone(),
            automatic_approval: automatic,
            manual_approval: manual,
        }
    };
    let wide = view.status.visibility.may_be_reblogged();
    let open = Rule { automatic: Circle::everybody(), manual: Circle::default() };
    let quote = if wide { policy.quote.clone().unwrap_or(open) } else { Rule::default() };
    let (automatic_approval, manual_approval) = names(&quote);
    InteractionPolicy {
        can_reply: policy.reply.as_ref().map(both),
        can_like: policy.like.as_ref().map(both),
        can_announce: policy.announce.as_ref().map(both),
        can_quote: Some(SubPolicy { automatic_approval, manual_approval, ..SubPolicy::default() }),
    }
}

/// Those who may at once and those who may ask. The author is named where not everybody may, since JSON-LD takes an
/// empty list for none.
fn names_of(services: &Services, view: &StatusView, rule: &Rule) -> (Vec<String>, Vec<String>) {
    let account = &view.account;
    let of = |circle: &Circle| {
        let mut names = Vec::new();
        if circle.everybody {
            names.push(PUBLIC.to_owned());
        }
        if circle.followers {
            names.push(services.origin.collection(&account.username, "followers"));
        }
        if circle.following {
            names.push(services.origin.collection(&account.username, "following"));
        }
        if circle.mentioned {
            names.extend(view.mentions.iter().map(|account| account.uri.clone()));
        }
        names.extend(circle.actors.iter().cloned());
        names
    };
    let mut automatic = of(&rule.automatic);
    if !rule.automatic.everybody {
        automatic.insert(0, account.uri.clone());
    }
    (automatic, of(&rule.manual))
}

/// What the author of a note says of who may do what with it, without what is so anyway.
pub fn policy_from_wire(note: &Note, author: &Author, visibility: Visibility) -> Policy {
    let Some(said) = &note.interaction_policy else { return Policy::default() };
    let rule = |sub: &Option<SubPolicy>| {
        let sub = sub.as_ref().filter(|sub| !sub.says_nothing())?;
        Some(Rule { automatic: circle(sub.automatic(), author), manual: circle(sub.manual(), author) })
    };
    // What is not for everybody is quoted by its author alone, whatever it says.
    let quote = rule(&said.can_quote).filter(|_| visibility.may_be_reblogged());
    let policy = Policy {
        reply: rule(&said.can_reply),
        like: rule(&said.can_like),
        announce: rule(&said.can_announce),
        quote,
    };
    policy.reduced()
}

fn circle(names: &[String], author: &Author) -> Circle {
    let mut circle = Circle::default();
    for name in names.iter().filter(|name| **name != author.uri && !name.is_empty()) {
        if name == PUBLIC {
            circle.everybody = true;
        } else if author.followers_uri.as_ref() == Some(name) {
            circle.followers = true;
        } else if name.ends_with("/following") && host_of_uri(name).as_deref() == Some(&author.host) {
            circle.following = true;
        } else {
            circle.actors.push(name.clone());
        }
    }
    circle
}

/// What a note says that it quotes.
pub fn quote_from_wire(note: &Note) -> Option<TakenQuote> {
    let quoted: &Url = note.quoted()?;
    if *quoted == note.id || !matches!(quoted.scheme(), "https" | "http") {
        return None;
    }
    Some(TakenQuote {
        uri: quoted.to_string(),
        stamp: note.quote_authorization.as_ref().map(Url::to_string),
        legacy: note.quote.is_none(),
    })
}

/// The text without the link that repeats what is quoted, as its writer marked it.
pub fn without_fallback(html: &str) -> String {
    let mut text = html.to_owned();
    for (tag, end) in [("<p class=\"quote-inline\">", "</p>"), ("<span class=\"quote-inline\">", "</span>")] {
        let Some(from) = text.find(tag) else { continue };
        let Some(length) = text[from..].find(end) else { continue };
        text.replace_range(from..from + length + end.len(), "");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_marked_link_is_taken_out() {
        let text = r#"<p class="quote-inline">RE: <a href="x">x</a></p><p>Well said</p>"#;
        let older = r#"<p>Well said<span class="quote-inline"><br/>RE: <a href="x">x</a></span></p>"#;

        assert_eq!(without_fallback(text), "<p>Well said</p>");
        assert_eq!(without_fallback(older), "<p>Well said</p>");
        assert_eq!(without_fallback("<p>RE: x</p>"), "<p>RE: x</p>");
        assert_eq!(without_fallback("<p class=\"quote-inline\">open"), "<p class=\"quote-inline\">open");
    }
}
