//! Who a post is for: our ladder of visibility, and `to` and `cc` on the wire.

use url::Url;

use crate::activitystreams::audience::{is_public, public};
use crate::domain::statuses::Visibility;

/// Collections that a post can be addressed to, and the people that it names.
#[derive(Clone, Debug)]
pub struct Circle {
    /// Followers of the author.
    pub followers: Url,
    /// Everybody in the organisation, as the author's site calls it.
    pub organisation: Url,
    /// The people named.
    pub mentioned: Vec<Url>,
    /// Followers of whom it answers, who read the thread: so its site may pass the answer on to them.
    pub thread: Option<Url>,
}

/// `to` and `cc` for a post that leaves this site; none for one that does not.
pub fn to_wire(visibility: Visibility, circle: Circle) -> Option<(Vec<Url>, Vec<Url>)> {
    let Circle { followers, organisation, mentioned, thread } = circle;
    let thread = thread.filter(|thread| *thread != followers);
    let with = |first: Url| std::iter::once(first).chain(mentioned.clone()).chain(thread.clone()).collect();
    match visibility {
        Visibility::Public => Some((vec![public()], with(followers))),
        Visibility::Unlisted => Some((vec![followers], with(public()))),
        Visibility::Organisation => Some((vec![organisation], with(followers))),
        Visibility::Private => Some((vec![followers], mentioned)),
        Visibility::Direct => Some((mentioned, Vec::new())),
        Visibility::Site => None,
    }
}

/// Who a post of another site is for. None if it is addressed to nobody at all.
///
/// `organisation` is what the author's site calls the organisation, if it is our peer. Collections that
/// are not known count for nothing, so that nothing is shown wider than it was meant.
pub fn from_wire(
    to: &[Url],
    cc: &[Url],
    followers: Option<&str>,
    organisation: Option<&str>,
) -> Option<Visibility> {
    let addressed = |id: &str| to.iter().chain(cc).any(|url| url.as_str() == id);
    if to.iter().any(is_public) {
        return Some(Visibility::Public);
    }
    if cc.iter().any(is_public) {
        return Some(Visibility::Unlisted);
    }
    if organisation.is_some_and(addressed) {
        return Some(Visibility::Organisation);
    }
    if followers.is_some_and(addressed) {
        return Some(Visibility::Private);
    }
    (!to.is_empty() || !cc.is_empty()).then_some(Visibility::Direct)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    fn circle() -> Circle {
        Circle {
            followers: url("https://a.example/users/ann/followers"),
            organisation: url("https://a.example/organisation"),
            mentioned: vec![url("https://b.example/users/bob")],
            thread: Some(url("https://b.example/users/bob/followers")),
        }
    }

    #[test]
    fn what_is_written_is_read_as_the_same() {
        let (followers, organisation) = (circle().followers, circle().organisation);
        for visibility in [
            Visibility::Public,
            Visibility::Unlisted,
            Visibility::Organisation,
            Visibility::Private,
            Visibility::Direct,
        ] {
            let (to, cc) = to_wire(visibility, circle()).expect("it leaves the site");

            let read = from_wire(&to, &cc, Some(followers.as_str()), Some(organisation.as_str()));

            assert_eq!(read, Some(visibility));
            assert!(to.iter().chain(&cc).any(|to| *to == circle().mentioned[0]), "{visibility}");
        }
    }

    #[test]
    fn what_is_for_the_organisation_never_says_public() {
        let (to, cc) = to_wire(Visibility::Organisation, circle()).expect("it leaves the site");

        assert!(!to.iter().chain(&cc).any(is_public));
    }

    #[test]
    fn only_an_answer_for_everybody_is_for_those_who_read_the_thread() {
        for visibility in [Visibility::Private, Visibility::Direct] {
            let (to, cc) = to_wire(visibility, circle()).expect("it leaves the site");

            assert!(!to.iter().chain(&cc).any(|to| Some(to) == circle().thread.as_ref()), "{visibility}");
        }
    }

    #[test]
    fn what_is_for_this_site_stays_here() {
        assert_eq!(to_wire(Visibility::Site, circle()), None);
    }

    #[test]
    fn unknown_collections_do_not_widen() {
        let to = [url("https://c.example/organisation"), url("https://a.example/users/eve/followers")];
        let followers = Some("https://a.example/users/ann/followers");

        assert_eq!(
            from_wire(&to, &[], followers, Some("https://a.example/organisation")),
            Some(Visibility::Direct)
        );
        assert_eq!(from_wire(&[], &[], followers, None), None);
    }
}
