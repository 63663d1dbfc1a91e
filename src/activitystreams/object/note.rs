//! A post.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use url::Url;

use super::question::{self, Choice, Closed};
use super::{Document, Emoji, Hashtag, InteractionPolicy, Link, Mention, interaction_policy};
use crate::activitystreams::reference::Identified;
use crate::activitystreams::{audience, one_or_many, reference, time};
use crate::base::Millis;

/// What sort of post. We write notes, questions (polls), articles and pages; the others are shown by title and link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NoteKind {
    Note,
    Question,
    Article,
    Page,
    Event,
    Image,
    Audio,
    Video,
}

/// A post, as other sites see it.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-note>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    #[serde(rename = "type")]
    pub kind: NoteKind,
    pub id: Url,
    #[serde(default, deserialize_with = "reference::link", skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    #[serde(deserialize_with = "reference::id")]
    pub attributed_to: Url,
    #[serde(default, deserialize_with = "audience::deserialize")]
    pub to: Vec<Url>,
    #[serde(default, deserialize_with = "audience::deserialize")]
    pub cc: Vec<Url>,
    /// The title, on kinds that have one.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The content warning, on notes.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(default, deserialize_with = "truth")]
    pub sensitive: bool,
    /// HTML.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The same by language.
    #[serde(default, deserialize_with = "map", skip_serializing_if = "BTreeMap::is_empty")]
    pub content_map: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What Misskey and its kin were typed in, where there is no content.
    #[serde(
        default,
        rename = "_misskey_content",
        deserialize_with = "one_or_many::first",
        skip_serializing_if = "Option::is_none"
    )]
    pub misskey_content: Option<String>,
    /// A short form of an article. Spec: <https://codeberg.org/fediverse/fep/src/branch/main/fep/b2b8/fep-b2b8.md>
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub preview: Option<Preview>,
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub in_reply_to: Option<Url>,
    #[serde(with = "time", default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Millis>,
    #[serde(with = "time", default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Millis>,
    /// The collection of its answers.
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub replies: Option<Url>,
    /// The collection of its thread (FEP-7888).
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub context: Option<Url>,
    #[serde(default, deserialize_with = "one_or_many::lenient")]
    pub tag: Vec<Tag>,
    #[serde(default, deserialize_with = "one_or_many::lenient")]
    pub attachment: Vec<Document>,
    /// Of a poll: one of these may be chosen.
    #[serde(default, deserialize_with = "one_or_many::lenient", skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<Choice>,
    /// Of a poll: any of these may be chosen.
    #[serde(default, deserialize_with = "one_or_many::lenient", skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Choice>,
    /// When a poll ends.
    #[serde(with = "time", default, skip_serializing_if = "Option::is_none")]
    pub end_time: Option<Millis>,
    #[serde(default, deserialize_with = "question::closed", skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// People who voted.
    #[serde(
        default,
        alias = "toot:votersCount",
        deserialize_with = "one_or_many::first",
        skip_serializing_if = "Option::is_none"
    )]
    pub voters_count: Option<u64>,
    /// What it quotes (FEP-044f).
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub quote: Option<Url>,
    /// The same for Akkoma, Threads and others.
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub quote_url: Option<Url>,
    /// The same for Fedibird.
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub quote_uri: Option<Url>,
    /// The same for Misskey.
    #[serde(
        default,
        rename = "_misskey_quote",
        deserialize_with = "reference::optional_id",
        skip_serializing_if = "Option::is_none"
    )]
    pub misskey_quote: Option<Url>,
    /// The stamp that allows the quote.
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub quote_authorization: Option<Url>,
    /// The stamp that allows the reply.
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub reply_authorization: Option<Url>,
    /// Who may do what with it.
    #[serde(default, deserialize_with = "interaction_policy::one", skip_serializing_if = "Option::is_none")]
    pub interaction_policy: Option<InteractionPolicy>,
}

/// A short form of a longer text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The same by language.
    #[serde(default, deserialize_with = "map", skip_serializing_if = "BTreeMap::is_empty")]
    pub content_map: BTreeMap<String, String>,
}

impl Preview {
    /// The content, or its first translation.
    pub fn html(&self) -> Option<&str> {
        self.content.as_deref().or_else(|| self.content_map.values().next().map(String::as_str))
    }
}

/// What the person typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub content: String,
    #[serde(default)]
    pub media_type: String,
}

/// What a text refers to. Other kinds of tags are left out on reading.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Tag {
    Mention(Mention),
    Hashtag(Hashtag),
    Emoji(Emoji),
    Link(Link),
}

impl<'de> Deserialize<'de> for Tag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let value = Value::deserialize(deserializer)?;
        match value.get("type").and_then(Value::as_str) {
            Some("Mention") => Mention::deserialize(value).map(Self::Mention).map_err(D::Error::custom),
            Some("Hashtag") => Hashtag::deserialize(value).map(Self::Hashtag).map_err(D::Error::custom),
            Some("Emoji") => Emoji::deserialize(value).map(Self::Emoji).map_err(D::Error::custom),
            Some("Link") => Link::deserialize(value).map(Self::Link).map_err(D::Error::custom),
            _ => Err(D::Error::custom("neither a mention nor a hashtag nor an emoji nor a link")),
        }
    }
}

impl Note {
    /// A note that says nothing yet.
    pub fn empty(id: Url, attributed_to: Url, to: Vec<Url>) -> Self {
        Self {
            kind: NoteKind::Note,
            id,
            url: None,
            attributed_to,
            to,
            cc: Vec::new(),
            name: None,
            summary: None,
            sensitive: false,
            content: None,
            content_map: BTreeMap::new(),
            source: None,
            misskey_content: None,
            preview: None,
            in_reply_to: None,
            replies: None,
            context: None,
            published: None,
            updated: None,
            tag: Vec::new(),
            attachment: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            end_time: None,
            closed: None,
            voters_count: None,
            quote: None,
            quote_url: None,
            quote_uri: None,
            misskey_quote: None,
            quote_authorization: None,
            reply_authorization: None,
            interaction_policy: None,
        }
    }

    /// Whether it is a vote: a name, and no words of its own, in answer to something.
    ///
    /// Source: <https://docs.joinmastodon.org/spec/activitypub/#Question>
    pub fn is_vote(&self) -> bool {
        self.kind == NoteKind::Note
            && self.name.is_some()
            && self.in_reply_to.is_some()
            && self.html().is_none_or(|html| html.trim().is_empty())
            && self.attachment.is_empty()
    }

    pub fn mentions(&self) -> impl Iterator<Item = &Mention> {
        self.tag.iter().filter_map(|tag| match tag {
            Tag::Mention(mention) => Some(mention),
            _ => None,
        })
    }

    pub fn hashtags(&self) -> impl Iterator<Item = &Hashtag> {
        self.tag.iter().filter_map(|tag| match tag {
            Tag::Hashtag(hashtag) => Some(hashtag),
            _ => None,
        })
    }

    /// What it quotes by FEP-044f, which is the one that comes with consent.
    pub fn quoted(&self) -> Option<&Url> {
        self.quote.as_ref().or_else(|| self.quoted_without_consent())
    }

    /// What it quotes in the words of those who do not ask.
    fn quoted_without_consent(&self) -> Option<&Url> {
        let named = self.quote_uri.as_ref().or(self.quote_url.as_ref()).or(self.misskey_quote.as_ref());
        named.or_else(|| {
            self.tag.iter().find_map(|tag| match tag {
                Tag::Link(link) if link.is_quote() => Some(&link.href),
                _ => None,
            })
        })
    }

    /// The content, or its first translation.
    pub fn html(&self) -> Option<&str> {
        self.content.as_deref().or_else(|| self.content_map.values().next().map(String::as_str))
    }

    /// The language whose text is the content.
    pub fn language(&self) -> Option<&str> {
        let content = self.html()?;
        self.content_map.iter().find(|(_, text)| *text == content).map(|(language, _)| language.as_str())
    }
}

impl Identified for Note {
    fn id(&self) -> &Url {
        &self.id
    }
}

/// `null` and anything odd count as no.
fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_bool().unwrap_or(false))
}

/// A map of texts; anything else in it is left out.
fn map<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let Value::Object(fields) = Value::deserialize(deserializer)? else { return Ok(BTreeMap::new()) };
    let texts = fields.into_iter().filter_map(|(language, text)| match text {
        Value::String(text) => Some((language, text)),
        _ => None,
    });
    Ok(texts.collect())
}
