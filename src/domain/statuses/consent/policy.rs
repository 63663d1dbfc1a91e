//! Who may do what with a post: the pure rule, and who somebody is to the author.

use serde::{Deserialize, Serialize};

use super::super::model::{Status, Visibility};
use super::super::store as statuses;
use super::store;
use crate::base::id::{AccountId, StatusId};
use crate::base::{Error, Result};
use crate::domain::event::Event;
use crate::domain::{accounts, follows};
use crate::platform::db::Conn;
use crate::platform::services::Services;
use crate::words;

/// What one may want to do with somebody's post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Answer it.
    Reply,
    /// Mark it.
    Like,
    /// Repost it.
    Announce,
    /// Show it in an own post.
    Quote,
}

words!(Act { Reply = "reply", Like = "like", Announce = "announce", Quote = "quote" });

/// What the rule comes to for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// At once.
    Automatic,
    /// The author decides.
    Manual,
    /// Not at all.
    Denied,
}

/// Who may do what. Nothing said of an act means everybody who may read the post.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Who may answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Rule>,
    /// Who may like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<Rule>,
    /// Who may repost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announce: Option<Rule>,
    /// Who may quote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Rule>,
}

/// Who may at once, and who may ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// At once.
    #[serde(default)]
    pub automatic: Circle,
    /// If the author agrees.
    #[serde(default)]
    pub manual: Circle,
}

/// Some people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Circle {
    /// Everybody who may read the post.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub everybody: bool,
    /// Who follows the author.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub followers: bool,
    /// Whom the author follows.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub following: bool,
    /// Who is mentioned in the post.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mentioned: bool,
    /// These, by their ActivityPub ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<String>,
}

impl Circle {
    /// Everybody who may read the post.
    pub fn everybody() -> Self {
        Self { everybody: true, ..Self::default() }
    }

    fn gathers(&self, facts: &Facts) -> bool {
        (self.followers && facts.follows)
            || (self.following && facts.followed)
            || (self.mentioned && facts.mentioned)
    }
}

/// Who somebody is to a post and its author.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Wrote it.
    pub owner: bool,
    /// Follows the author.
    pub follows: bool,
    /// Is followed by the author.
    pub followed: bool,
    /// Is mentioned or answered in it.
    pub mentioned: bool,
    /// The ActivityPub id.
    pub uri: String,
}

impl Rule {
    /// From the word of a client or a form: `public`, `followers`, `mentioned`, `nobody`; `manual` lets everybody ask.
    pub fn from_word(word: &str) -> Option<Self> {
        let automatic = match word {
            "public" => Circle::everybody(),
            "followers" => Circle { followers: true, ..Circle::default() },
            "mentioned" => Circle { mentioned: true, ..Circle::default() },
            "nobody" => Circle::default(),
            "manual" => return Some(Self { automatic: Circle::default(), manual: Circle::everybody() }),
            _ => return None,
        };
        Some(Self { automatic, manual: Circle::default() })
    }

    /// The word, if there is one for it.
    pub fn word(&self) -> Option<&'static str> {
        ["public", "followers", "mentioned", "nobody", "manual"]
            .into_iter()
            .find(|word| Self::from_word(word).as_ref() == Some(self))
    }

    /// Everybody at once.
    pub fn is_open(&self) -> bool {
        self.automatic == Circle::everybody() && self.manual == Circle::default()
    }
}

impl Policy {
    /// What is said of an act.
    pub fn rule(&self, act: Act) -> Option<&Rule> {
        match act {
            Act::Reply => self.reply.as_ref(),
            Act::Like => self.like.as_ref(),
            Act::Announce => self.announce.as_ref(),
            Act::Quote => self.quote.as_ref(),
        }
    }

    /// Nothing is said that is not so anyway.
    pub fn is_default(&self) -> bool {
        self == &Self::default()
    }

    /// Without what is so anyway.
    pub fn reduced(mut self) -> Self {
        for rule in [&mut self.reply, &mut self.like, &mut self.announce, &mut self.quote] {
            if rule.as_ref().is_some_and(Rule::is_open) {
                *rule = None;
            }
        }
        self
    }
}

/// Whether somebody may, at once or after asking. The more specific name counts; of two alike, the kinder one. The
/// author may always, who is mentioned may always answer, and nobody but the author quotes what is not for everybody.
///
/// Source: <https://docs.gotosocial.org/en/latest/federation/interaction_controls/>
pub fn decide(policy: &Policy, act: Act, visibility: Visibility, facts: &Facts) -> Verdict {
    if act == Act::Quote && visibility == Visibility::Direct {
        return Verdict::Denied;
    }
    if facts.owner || (act == Act::Reply && facts.mentioned) {
        return Verdict::Automatic;
    }
    if act == Act::Quote && visibility == Visibility::Private {
        return Verdict::Denied;
    }
    let Some(rule) = policy.rule(act) else {
        return Verdict::Automatic;
    };
    let named = |circle: &Circle| circle.actors.contains(&facts.uri);
    if named(&rule.automatic) {
        Verdict::Automatic
    } else if named(&rule.manual) {
        Verdict::Manual
    } else if rule.automatic.gathers(facts) {
        Verdict::Automatic
    } else if rule.manual.gathers(facts) {
        Verdict::Manual
    } else if rule.automatic.everybody {
        Verdict::Automatic
    } else if rule.manual.everybody {
        Verdict::Manual
    } else {
        Verdict::Denied
    }
}

/// What the policy of `status` says of `account`. One look at the policies if there is none, as for most posts.
///
/// # Errors
/// As the database.
pub async fn verdict(conn: &mut Conn, status: &Status, account: AccountId, act: Act) -> Result<Verdict> {
    let policy = store::find_policy(conn, status.id).await?;
    verdict_of(conn, policy.as_ref(), status, account, act).await
}

/// The same for a policy that was read.
///
/// # Errors
/// As the database.
pub async fn verdict_of(
    conn: &mut Conn,
    policy: Option<&Policy>,
    status: &Status,
    account: AccountId,
    act: Act,
) -> Result<Verdict> {
    let Some(policy) = policy else {
        let facts = Facts { owner: status.account_id == account, ..Facts::default() };
        return Ok(decide(&Policy::default(), act, status.visibility, &facts));
    };
    let facts = facts(conn, status, account).await?;
    Ok(decide(policy, act, status.visibility, &facts))
}

async fn facts(conn: &mut Conn, status: &Status, account: AccountId) -> Result<Facts> {
    let author = status.account_id;
    let mentioned = follows::store::list_mentioning(conn, account, &[status.id]).await?;
    Ok(Facts {
        owner: author == account,
        follows: !follows::store::list_followed_among(conn, account, &[author]).await?.is_empty(),
        followed: !follows::store::list_followed_among(conn, author, &[account]).await?.is_empty(),
        mentioned: !mentioned.is_empty() || status.in_reply_to_account_id == Some(account),
        uri: accounts::store::get(conn, account).await?.uri,
    })
}

/// What to change of who may do what; nothing said stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Who may answer.
    pub reply: Option<Rule>,
    /// Who may like.
    pub like: Option<Rule>,
    /// Who may repost.
    pub announce: Option<Rule>,
    /// Who may quote.
    pub quote: Option<Rule>,
}

impl Change {
    /// The policy after it.
    pub fn of(self, policy: Policy) -> Policy {
        let policy = Policy {
            reply: self.reply.or(policy.reply),
            like: self.like.or(policy.like),
            announce: self.announce.or(policy.announce),
            quote: self.quote.or(policy.quote),
        };
        policy.reduced()
    }
}

/// The author lets others do more or less with a post. What was allowed before stays allowed.
///
/// # Errors
/// [`Error::NotFound`] if there is no such post of this person.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#interaction_policy>
pub async fn change(services: &Services, author: AccountId, id: StatusId, change: Change) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let status = statuses::get(&mut tx, id).await?;
    if status.account_id != author || status.reblog_of_id.is_some() {
        return Err(Error::not_found("status"));
    }
    let before = store::find_policy(&mut tx, id).await?.unwrap_or_default();
    let after = change.of(before.clone());
    if after != before {
        store::write_policy(&mut tx, id, &after).await?;
        Event::ConsentChanged { status: id }.emit(services, &mut tx).await?;
    }
    tx.commit().await
}

/// Why a person of this site may not, in words.
pub fn refusal(act: Act, verdict: Verdict) -> Error {
    Error::forbidden(match (act, verdict) {
        (Act::Reply, _) => "the author of this post does not want replies from you",
        (Act::Quote, _) => "the author of this post does not want it to be quoted by you",
        (Act::Like, Verdict::Manual) => "the author of this post wants to be asked before it is liked",
        (Act::Like, _) => "the author of this post does not want likes from you",
        (Act::Announce, Verdict::Manual) => "the author of this post wants to be asked before it is reposted",
        (Act::Announce, _) => "the author of this post does not want it to be reposted by you",
    })
}

/// Refuses a like or a repost that the policy does not simply allow.
///
/// # Errors
/// [`Error::Forbidden`], with words for the person.
pub async fn require(conn: &mut Conn, status: &Status, account: AccountId, act: Act) -> Result<()> {
    match verdict(conn, status, account, act).await? {
        Verdict::Automatic => Ok(()),
        other => Err(refusal(act, other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts { uri: "https://b.example/users/bob".to_owned(), ..Facts::default() }
    }

    fn decided(word: &str, act: Act, facts: &Facts) -> Verdict {
        let rule = Rule::from_word(word);
        let policy = Policy { reply: rule.clone(), like: rule.clone(), announce: rule.clone(), quote: rule };
        decide(&policy, act, Visibility::Organisation, facts)
    }

    #[test]
    fn each_word_names_its_people() {
        let stranger = facts();
        let follower = Facts { follows: true, ..facts() };
        let mentioned = Facts { mentioned: true, ..facts() };
        let owner = Facts { owner: true, ..facts() };
        let table = [
            ("public", [Verdict::Automatic, Verdict::Automatic, Verdict::Automatic]),
            ("followers", [Verdict::Denied, Verdict::Automatic, Verdict::Denied]),
            ("mentioned", [Verdict::Denied, Verdict::Denied, Verdict::Automatic]),
            ("nobody", [Verdict::Denied, Verdict::Denied, Verdict::Denied]),
            ("manual", [Verdict::Manual, Verdict::Manual, Verdict::Manual]),
        ];
        for (word, expected) in table {
            let found = [&stranger, &follower, &mentioned].map(|facts| decided(word, Act::Like, facts));
            assert_eq!(found, expected, "{word}");
            assert_eq!(decided(word, Act::Like, &owner), Verdict::Automatic, "{word}");
            assert_eq!(
                decided(word, Act::Reply, &mentioned),
                Verdict::Automatic,
                "{word}: who is named may answer"
            );
        }
    }

    #[test]
    fn the_more_specific_name_counts() {
        let one = Circle { actors: vec![facts().uri], ..Circle::default() };
        let rule =
            |automatic, manual| Policy { reply: Some(Rule { automatic, manual }), ..Policy::default() };
        let reply = |policy: &Policy| decide(policy, Act::Reply, Visibility::Public, &facts());

        assert_eq!(reply(&rule(one.clone(), Circle::everybody())), Verdict::Automatic);
        assert_eq!(reply(&rule(Circle::everybody(), one.clone())), Verdict::Manual);
        assert_eq!(reply(&rule(one.clone(), one)), Verdict::Automatic);
    }

    #[test]
    fn what_is_not_for_everybody_is_quoted_by_its_author_alone() {
        let open = Policy::default();
        let owner = Facts { owner: true, ..facts() };
        let quote = |visibility, facts: &Facts| decide(&open, Act::Quote, visibility, facts);

        assert_eq!(quote(Visibility::Organisation, &facts()), Verdict::Automatic);
        assert_eq!(quote(Visibility::Private, &Facts { follows: true, ..facts() }), Verdict::Denied);
        assert_eq!(quote(Visibility::Private, &owner), Verdict::Automatic);
        assert_eq!(quote(Visibility::Direct, &owner), Verdict::Denied);
    }
}
