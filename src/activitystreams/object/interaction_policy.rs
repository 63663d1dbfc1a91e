//! Who may do what with a post, as its author says.
//!
//! Three servers use two vocabularies: GoToSocial's older `always` and `approvalRequired`, and
//! `automaticApproval` and `manualApproval` of GoToSocial since 0.20, Mastodon since 4.5 and FEP-044f. Both are read.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::activitystreams::audience::PUBLIC;
use crate::activitystreams::one_or_many::values;

/// Most entries of a list that are read.
const MOST: usize = 200;

/// The policy of a post.
///
/// Spec: <https://docs.gotosocial.org/en/latest/federation/interaction_controls/> and
/// <https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md>
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InteractionPolicy {
    #[serde(default, deserialize_with = "one", skip_serializing_if = "Option::is_none")]
    pub can_reply: Option<SubPolicy>,
    #[serde(default, deserialize_with = "one", skip_serializing_if = "Option::is_none")]
    pub can_like: Option<SubPolicy>,
    #[serde(default, deserialize_with = "one", skip_serializing_if = "Option::is_none")]
    pub can_announce: Option<SubPolicy>,
    #[serde(default, deserialize_with = "one", skip_serializing_if = "Option::is_none")]
    pub can_quote: Option<SubPolicy>,
}

/// Who may do one thing at once, and who may ask: actors, collections, everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubPolicy {
    #[serde(default, deserialize_with = "names", skip_serializing_if = "Vec::is_empty")]
    pub automatic_approval: Vec<String>,
    #[serde(default, deserialize_with = "names", skip_serializing_if = "Vec::is_empty")]
    pub manual_approval: Vec<String>,
    /// The older word for `automaticApproval`.
    #[serde(default, deserialize_with = "names", skip_serializing_if = "Vec::is_empty")]
    pub always: Vec<String>,
    /// The older word for `manualApproval`.
    #[serde(default, deserialize_with = "names", skip_serializing_if = "Vec::is_empty")]
    pub approval_required: Vec<String>,
}

impl SubPolicy {
    /// Those who may at once, in either vocabulary.
    pub fn automatic(&self) -> &[String] {
        if self.automatic_approval.is_empty() { &self.always } else { &self.automatic_approval }
    }

    /// Those who may ask, in either vocabulary.
    pub fn manual(&self) -> &[String] {
        if self.manual_approval.is_empty() { &self.approval_required } else { &self.manual_approval }
    }

    /// Nothing was said, which is not the same as nobody: JSON-LD cannot tell an empty list from none.
    pub fn says_nothing(&self) -> bool {
        self.automatic().is_empty() && self.manual().is_empty()
    }
}

/// Reads a policy, or a part of one: the first object there; anything else counts as nothing said.
pub fn one<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    let found = values(deserializer)?.into_iter().find(Value::is_object);
    Ok(found.and_then(|value| T::deserialize(value).ok()))
}

/// One or several names. What is neither text nor has an id is kept as a name that nobody has, so that a list which
/// cannot be read is not taken for an empty one.
fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let name = |value: Value| match value.as_str().or_else(|| value.get("id")?.as_str()) {
        Some("as:Public" | "Public") => PUBLIC.to_owned(),
        Some(text) => text.chars().take(2_048).collect(),
        None => String::new(),
    };
    Ok(values(deserializer)?.into_iter().take(MOST).map(name).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(policy: Value) -> Option<InteractionPolicy> {
        one(policy).expect("nothing there is an error")
    }

    #[test]
    fn both_vocabularies_are_read_as_one_or_many() {
        let new = read(
            json!({"canReply": {"automaticApproval": "as:Public", "manualApproval": ["https://a.example/x"]}}),
        );
        let old = read(
            json!([{"canReply": {"always": [PUBLIC], "approvalRequired": {"id": "https://a.example/x"}}}]),
        );

        for policy in [new, old] {
            let reply = policy.and_then(|policy| policy.can_reply).expect("a policy for replies");
            assert_eq!(reply.automatic(), [PUBLIC]);
            assert_eq!(reply.manual(), ["https://a.example/x"]);
        }
    }

    #[test]
    fn what_is_no_policy_says_nothing() {
        for odd in [json!(null), json!([]), json!("nobody"), json!(7), json!([null, "x"])] {
            assert_eq!(read(odd), None);
        }
        for odd in [json!(null), json!("x"), json!([7]), json!(false)] {
            assert_eq!(read(json!({"canReply": odd})), Some(InteractionPolicy::default()));
        }
        let empty =
            read(json!({"canReply": {"automaticApproval": [], "always": null}})).and_then(|it| it.can_reply);
        assert!(empty.is_some_and(|reply| reply.says_nothing()));
    }

    #[test]
    fn a_list_that_cannot_be_read_is_not_empty() {
        let odd =
            read(json!({"canReply": {"automaticApproval": [{"name": "x"}, 7]}})).and_then(|it| it.can_reply);

        assert!(odd.is_some_and(|reply| !reply.says_nothing()));
    }
}
