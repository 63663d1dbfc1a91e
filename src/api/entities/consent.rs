//! Quotes, who may quote and answer, and who asks.
//!
//! Source: <https://docs.joinmastodon.org/entities/Quote/>, <https://docs.joinmastodon.org/entities/QuoteApproval/>

use serde::Serialize;

use super::{Account, Status};
use crate::base::id::{InteractionId, StatusId};
use crate::domain::statuses::consent::{Act, Circle, Interaction, Policy, QuoteView, Verdict};
use crate::domain::statuses::{StatusView, Visibility};
use crate::platform::services::Services;

/// What a post quotes; inside of a quote, only its id.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Quote {
    Deep { state: &'static str, quoted_status: Option<Box<Status>> },
    Shallow { state: &'static str, quoted_status_id: Option<StatusId> },
}

impl Quote {
    /// As it stands in a post.
    pub fn new(services: &Services, quote: &QuoteView) -> Self {
        let quoted = quote.quoted.as_deref().map(|view| Box::new(Status::inside(services, view)));
        Self::Deep { state: quote.word(), quoted_status: quoted }
    }

    /// As it stands in a post that is quoted itself.
    pub fn shallow(quote: &QuoteView) -> Self {
        let accepted = quote.state.word() == "accepted" && quote.quoted_id.is_some();
        let state = if accepted { "accepted" } else { quote.word() };
        Self::Shallow { state, quoted_status_id: quote.quoted_id.filter(|_| accepted) }
    }
}

/// Who may do one thing with a post, and whether the reader may.
#[derive(Clone, Debug, Serialize)]
pub struct Approval {
    pub automatic: Vec<&'static str>,
    pub manual: Vec<&'static str>,
    pub current_user: &'static str,
}

impl Approval {
    /// Who may quote.
    pub fn of_quotes(view: &StatusView) -> Self {
        let consent = &view.consent;
        let mut approval = Self::of(&consent.policy, Act::Quote, consent.may_quote);
        if !view.status.visibility.may_be_reblogged() || view.status.visibility == Visibility::Direct {
            approval.automatic.clear();
            approval.manual.clear();
        }
        approval
    }

    /// Who may answer: ours, in the same shape.
    pub fn of_replies(view: &StatusView) -> Self {
        Self::of(&view.consent.policy, Act::Reply, view.consent.may_reply)
    }

    fn of(policy: &Policy, act: Act, verdict: Verdict) -> Self {
        let (automatic, manual) = match policy.rule(act) {
            Some(rule) => (words(&rule.automatic), words(&rule.manual)),
            None => (vec!["public"], Vec::new()),
        };
        let current_user = match verdict {
            Verdict::Automatic => "automatic",
            Verdict::Manual => "manual",
            Verdict::Denied => "denied",
        };
        Self { automatic, manual, current_user }
    }
}

fn words(circle: &Circle) -> Vec<&'static str> {
    let others = circle.following || circle.mentioned || !circle.actors.is_empty();
    [(circle.everybody, "public"), (circle.followers, "followers"), (others, "unsupported_policy")]
        .into_iter()
        .filter_map(|(is_in, word)| is_in.then_some(word))
        .collect()
}

/// Somebody asks to quote or answer a post. Ours, in the manner of GoToSocial.
///
/// Source: <https://docs.gotosocial.org/en/latest/api/swagger/>
#[derive(Clone, Debug, Serialize)]
pub struct InteractionRequest {
    pub id: InteractionId,
    /// `quote` or `reply`.
    pub r#type: &'static str,
    pub created_at: String,
    /// Who asks.
    pub account: Account,
    /// The post of the reader that it is about.
    pub status: Option<Status>,
    /// The post that quotes, as far as it is here.
    pub quote: Option<Status>,
    /// The words of a reply, which has no place yet. HTML.
    pub content: Option<String>,
    /// The address of the quoting post or the reply.
    pub uri: String,
}

impl InteractionRequest {
    /// As its reader sees it; `quote` and `content` are added by who has them.
    pub fn new(interaction: &Interaction, account: Account) -> Self {
        Self {
            id: interaction.id,
            r#type: interaction.kind.word(),
            created_at: interaction.created_at.to_rfc3339(),
            account,
            status: None,
            quote: None,
            content: None,
            uri: interaction.object_uri.clone(),
        }
    }
}
