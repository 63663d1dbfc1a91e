//! Wire types only: a picture of the JSON that sites exchange, in the words of ActivityStreams.
//!
//! Reading is tolerant (scalar or array, IRI or object, unknown fields ignored, `as:` prefixes
//! removed), writing is strict (arrays where strict readers expect them). Nothing here is believed:
//! whether an activity may do what it says is decided in `federation`.
//!
//! Specifications: <https://www.w3.org/TR/activitystreams-vocabulary/> and
//! <https://www.w3.org/TR/activitypub/>.

pub mod activity;
pub mod actor;
pub mod audience;
pub mod collection;
pub mod context;
pub mod limits;
pub mod node_info;
pub mod object;
pub mod one_or_many;
mod read;
pub mod reference;
pub mod thread;
pub mod time;
pub mod webfinger;

#[cfg(test)]
mod corpus;

pub use activity::Activity;
pub use actor::Actor;
pub use object::Note;
pub use read::{ReadError, read, read_value};
pub use reference::{Identified, Reference};

/// The type of everything in ActivityPub, as asked for and answered with.
pub const ACTIVITY_JSON: &str = "application/activity+json";

/// The other name of the same type.
pub const LD_JSON: &str = r#"application/ld+json; profile="https://www.w3.org/ns/activitystreams""#;

/// What a fetch asks for.
pub const ACCEPT: &str =
    r#"application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams""#;

/// Whether a `Content-Type` promises ActivityPub. Plain JSON does not: whoever may upload files
/// to a host could pass one off as an object of that host.
pub fn is_activity_type(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    match parts.next().map(str::to_ascii_lowercase).as_deref() {
        Some(ACTIVITY_JSON) => true,
        Some("application/ld+json") => parts.filter_map(|part| part.split_once('=')).any(|(name, value)| {
            let mut profiles = value.trim_matches('"').split_whitespace();
            name.trim().eq_ignore_ascii_case("profile")
                && profiles.any(|profile| profile == context::ACTIVITYSTREAMS)
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_types_that_promise_activitypub_are_taken() {
        for good in [
            ACTIVITY_JSON,
            LD_JSON,
            "Application/Activity+JSON; charset=utf-8",
            r#"application/ld+json;profile="https://w3id.org/security/v1 https://www.w3.org/ns/activitystreams""#,
        ] {
            assert!(is_activity_type(good), "{good}");
        }
        for bad in
            ["", "application/json", "application/ld+json", "text/html", "application/ld+json; profile=\"x\""]
        {
            assert!(!is_activity_type(bad), "{bad}");
        }
    }
}
