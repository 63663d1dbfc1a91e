//! From what the domain knows of consent to what a page shows of it.

use super::form::Posted;
use super::lens::Lens;
use super::views::{Allowed, Quoted, Who};
use crate::base::id::AccountId;
use crate::domain::statuses::StatusView;
use crate::domain::statuses::consent::{ApprovalState, Policy, QuoteState, Rule, Verdict};

/// Who may reply, or quote.
pub const WHO: &[Who] = &[
    Who { key: "public", name: "Everybody who sees it" },
    Who { key: "followers", name: "My followers" },
    Who { key: "mentioned", name: "People mentioned" },
    Who { key: "manual", name: "Whom I allow, one by one" },
    Who { key: "nobody", name: "Nobody" },
];

/// What a form says of who may do what.
pub fn policy(posted: &Posted) -> Policy {
    let rule = |name: &str| Rule::from_word(posted.get(name));
    Policy { reply: rule("repliers"), quote: rule("quoters"), ..Policy::default() }.reduced()
}

/// What the reader may do with a post.
pub fn allowed(view: &StatusView) -> Allowed {
    let consent = &view.consent;
    Allowed {
        reply: consent.may_reply != Verdict::Denied,
        quote: consent.may_quote != Verdict::Denied,
        reply_asks: consent.may_reply == Verdict::Manual,
        quote_asks: consent.may_quote == Verdict::Manual,
        held: match consent.approval {
            Some((ApprovalState::Pending, _)) => Some("Waits until the author of the post agrees"),
            Some((ApprovalState::Rejected, _)) => Some("The author of the post did not want it below theirs"),
            _ => None,
        },
    }
}

impl Lens {
    /// What a post quotes; in a quoted post that is only named.
    pub fn quoted(&self, view: &StatusView, reader: Option<AccountId>) -> Option<Quoted> {
        let quote = view.consent.quote.as_ref()?;
        if let Some(quoted) = &quote.quoted {
            let mine = reader == Some(quoted.account.id) && reader != Some(view.account.id);
            let post = Some(Box::new(self.post(quoted)));
            return Some(Quoted { post, says: "", link: None, mine });
        }
        let link = Some(quote.uri.clone()).filter(|uri| uri.starts_with("http"));
        let (says, link) = match quote.state {
            QuoteState::Pending => ("Quotes a post whose author has not agreed yet.", link),
            QuoteState::Unauthorized => ("Quotes a post whose author was not asked.", link),
            QuoteState::Rejected => ("The author of the quoted post did not want it quoted.", None),
            QuoteState::Revoked => ("The author of the quoted post took the quote back.", None),
            QuoteState::Accepted if quote.quoted_id.is_none() => ("The quoted post was deleted.", None),
            QuoteState::Accepted => ("Quotes another post.", link),
        };
        Some(Quoted { post: None, says, link, mine: false })
    }
}
