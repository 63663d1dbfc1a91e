//! The `@context` of what we write. Only for readers that process JSON-LD: ours do not.
//!
//! The ActivityStreams context stands first, where strict readers expect it; everything of our own is
//! written out, so that nobody needs to fetch anything from us.

use serde_json::{Value, json};

use super::Note;

pub const ACTIVITYSTREAMS: &str = "https://www.w3.org/ns/activitystreams";
pub const SECURITY: &str = "https://w3id.org/security/v1";

/// Says what a `proof` is (FEP-8b32).
pub const DATA_INTEGRITY: &str = "https://w3id.org/security/data-integrity/v1";

/// The namespace of our own properties. A name, not an address.
pub const BREEZEWAY: &str = "https://breezeway.example/ns#";

/// For activities and objects.
pub fn of_objects() -> Value {
    json!([ACTIVITYSTREAMS, {
        "toot": "http://joinmastodon.org/ns#",
        "Hashtag": "as:Hashtag",
        "sensitive": "as:sensitive",
        "blurhash": "toot:blurhash",
        "focalPoint": {"@container": "@list", "@id": "toot:focalPoint"},
        "votersCount": "toot:votersCount",
        "gts": "https://gotosocial.org/ns#",
        "interactionPolicy": {"@id": "gts:interactionPolicy", "@type": "@id"},
        "canQuote": {"@id": "gts:canQuote", "@type": "@id"},
        "automaticApproval": {"@id": "gts:automaticApproval", "@type": "@id"},
    }])
}

/// For a post: most need no more words than [`of_objects`].
pub fn of_note(note: &Note) -> Value {
    let policy = note.interaction_policy.as_ref();
    let restricted = policy.is_some_and(|policy| {
        let manual = policy.can_quote.as_ref().is_some_and(|quote| !quote.manual().is_empty());
        manual || policy.can_reply.is_some() || policy.can_like.is_some() || policy.can_announce.is_some()
    });
    let bound = note.quote.is_some() || note.reply_authorization.is_some();
    if restricted || bound { of_consent() } else { of_objects() }
}

/// For what has to do with consent: policies, quotes, requests, answers, stamps.
pub fn of_consent() -> Value {
    let mut context = of_objects();
    let Some(words) = context.get_mut(1).and_then(Value::as_object_mut) else { return context };
    let gts = [
        "canReply",
        "canLike",
        "canAnnounce",
        "manualApproval",
        "always",
        "approvalRequired",
        "replyAuthorization",
        "interactingObject",
        "interactionTarget",
    ];
    for word in gts {
        words.insert(word.to_owned(), json!({"@id": format!("gts:{word}"), "@type": "@id"}));
    }
    for word in ["ReplyRequest", "ReplyAuthorization"] {
        words.insert(word.to_owned(), json!(format!("gts:{word}")));
    }
    let fep = |word: &str| format!("https://w3id.org/fep/044f#{word}");
    for word in ["quote", "quoteAuthorization"] {
        words.insert(word.to_owned(), json!({"@id": fep(word), "@type": "@id"}));
    }
    for word in ["QuoteRequest", "QuoteAuthorization"] {
        words.insert(word.to_owned(), json!(fep(word)));
    }
    words.insert("quoteUrl".to_owned(), json!("as:quoteUrl"));
    words.insert("quoteUri".to_owned(), json!("http://fedibird.com/ns#quoteUri"));
    words.insert("_misskey_quote".to_owned(), json!("https://misskey-hub.net/ns#_misskey_quote"));
    context
}

/// For actors: keys, fields of the profile, and what our sites tell one another.
pub fn of_actors() -> Value {
    json!([ACTIVITYSTREAMS, SECURITY, {
        "toot": "http://joinmastodon.org/ns#",
        "schema": "http://schema.org#",
        "sec": "https://w3id.org/security#",
        "bw": BREEZEWAY,
        "PropertyValue": "schema:PropertyValue",
        "value": "schema:value",
        "discoverable": "toot:discoverable",
        "indexable": "toot:indexable",
        "featured": {"@id": "toot:featured", "@type": "@id"},
        "alsoKnownAs": {"@id": "as:alsoKnownAs", "@type": "@id"},
        "movedTo": {"@id": "as:movedTo", "@type": "@id"},
        "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
        "webfinger": {"@id": "https://purl.archive.org/socialweb/webfinger#webfinger"},
        "implements": {"@id": "https://w3id.org/fep/844e#implements", "@type": "@id", "@container": "@set"},
        "assertionMethod": {"@id": "sec:assertionMethod", "@type": "@id", "@container": "@set"},
        "controller": {"@id": "sec:controller", "@type": "@id"},
        "Multikey": "sec:Multikey",
        "publicKeyMultibase": {"@id": "sec:publicKeyMultibase", "@type": "sec:multibase"},
        "organisation": {"@id": "bw:organisation", "@type": "@id"},
        "siteName": "bw:siteName",
        "siteColour": "bw:siteColour",
    }])
}

/// For reports: what they are about, in a word.
pub fn of_reports() -> Value {
    json!([ACTIVITYSTREAMS, { "bw": BREEZEWAY, "category": "bw:category" }])
}

/// For collections and everything that needs no words beyond ActivityStreams.
pub fn plain() -> Value {
    json!(ACTIVITYSTREAMS)
}
