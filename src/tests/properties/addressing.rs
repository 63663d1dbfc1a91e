//! Who sees what: the ladder and its form on the wire are the same both ways, and nothing grows wider on its way.

use breezeway::activitystreams::audience::{is_public, public};
use breezeway::domain::statuses::{Ties, Visibility, may_read};
use breezeway::federation::map::audience::{Circle, from_wire, to_wire};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use url::Url;

const ALL: [Visibility; 6] = [
    Visibility::Public,
    Visibility::Unlisted,
    Visibility::Organisation,
    Visibility::Site,
    Visibility::Private,
    Visibility::Direct,
];

const FOLLOWERS: &str = "https://a.example/users/ann/followers";
const ORGANISATION: &str = "https://a.example/organisation";

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

fn visibility() -> impl Strategy<Value = Visibility> {
    select(ALL.to_vec())
}

/// People elsewhere.
fn people(least: usize) -> impl Strategy<Value = Vec<Url>> {
    proptest::collection::vec("[a-z]{1,8}", least..6)
        .prop_map(|names| names.iter().map(|name| url(&format!("https://b.example/users/{name}"))).collect())
}

fn circle(least: usize) -> impl Strategy<Value = Circle> {
    (people(least), any::<bool>()).prop_map(|(mentioned, thread)| Circle {
        followers: url(FOLLOWERS),
        organisation: url(ORGANISATION),
        mentioned,
        thread: thread.then(|| url("https://b.example/users/bob/followers")),
    })
}

/// Any audience that somebody may write.
fn addresses() -> impl Strategy<Value = Vec<Url>> {
    let known = [
        "https://www.w3.org/ns/activitystreams#Public",
        FOLLOWERS,
        ORGANISATION,
        "https://a.example/users/ann",
        "https://b.example/users/bob",
        "https://b.example/users/bob/followers",
        "https://b.example/organisation",
        "https://www.w3.org/ns/activitystreams#Publi",
        "https://www.w3.org/ns/activitystreams",
        "https://a.example/users/ann/followers/",
        "https://a.example/users/ann/followers?page=1",
        "https://evil.example/ns/activitystreams#Public",
    ];
    subsequence(known.to_vec(), 0..known.len()).prop_map(|ids| ids.into_iter().map(url).collect())
}

fn ties() -> impl Strategy<Value = Ties> {
    any::<[bool; 8]>().prop_map(|[owner, on_site, member, open, blocked, follows, mentioned, hidden]| Ties {
        owner,
        on_site,
        // Who is of the site is of the organisation.
        in_organisation: on_site || member,
        open,
        blocked,
        follows,
        mentioned,
        hidden,
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(visibility in visibility(), circle in circle(1)) {
        let written = to_wire(visibility, circle);

        prop_assert_eq!(written.is_none(), visibility == Visibility::Site);
        if let Some((to, cc)) = written {
            prop_assert_eq!(from_wire(&to, &cc, Some(FOLLOWERS), Some(ORGANISATION)), Some(visibility));
        }
    }

    #[test]
    fn who_does_not_know_our_collections_reads_nothing_wider(visibility in visibility(), circle in circle(0)) {
        if let Some((to, cc)) = to_wire(visibility, circle) {
            for (followers, organisation) in [(None, None), (Some(FOLLOWERS), None), (None, Some(ORGANISATION))] {
                let read = from_wire(&to, &cc, followers, organisation);
                prop_assert!(read.is_none_or(|read| read.width() <= visibility.width()), "{:?}", read);
            }
        }
    }

    #[test]
    fn only_what_is_for_everybody_says_public(visibility in visibility(), circle in circle(0)) {
        let says = to_wire(visibility, circle).is_some_and(|(to, cc)| to.iter().chain(&cc).any(is_public));

        prop_assert_eq!(says, matches!(visibility, Visibility::Public | Visibility::Unlisted));
    }

    #[test]
    fn everybody_who_is_named_is_addressed(visibility in visibility(), circle in circle(0)) {
        let named = circle.mentioned.clone();
        if let Some((to, cc)) = to_wire(visibility, circle) {
            for person in named {
                prop_assert!(to.contains(&person) || cc.contains(&person));
            }
        }
    }

    #[test]
    fn a_private_post_is_for_the_followers_and_those_named_and_nobody_else(
        visibility in select(vec![Visibility::Private, Visibility::Direct]),
        circle in circle(0),
    ) {
        let named = circle.mentioned.clone();
        let (to, cc) = to_wire(visibility, circle).unwrap();
        for id in to.iter().chain(&cc) {
            let follower = visibility == Visibility::Private && id.as_str() == FOLLOWERS;
            prop_assert!(follower || named.contains(id), "{}", id);
        }
    }

    #[test]
    fn nothing_is_read_wider_than_it_is_addressed(to in addresses(), cc in addresses()) {
        let read = from_wire(&to, &cc, Some(FOLLOWERS), Some(ORGANISATION));
        let names = |id: &str| to.iter().chain(&cc).any(|to| to.as_str() == id);

        match read {
            Some(Visibility::Public) => prop_assert!(to.contains(&public())),
            Some(Visibility::Unlisted) => prop_assert!(cc.contains(&public())),
            Some(Visibility::Organisation) => prop_assert!(names(ORGANISATION)),
            Some(Visibility::Private) => prop_assert!(names(FOLLOWERS)),
            Some(Visibility::Direct) => prop_assert!(!to.is_empty() || !cc.is_empty()),
            Some(Visibility::Site) => prop_assert!(false, "nothing from elsewhere is for this site only"),
            None => prop_assert!(to.is_empty() && cc.is_empty()),
        }
    }

    #[test]
    fn an_unknown_address_more_does_not_widen(to in addresses(), cc in addresses(), name in "[a-z]{1,9}") {
        let stranger = url(&format!("https://c.example/{name}"));
        let before = from_wire(&to, &cc, Some(FOLLOWERS), Some(ORGANISATION));
        let after = from_wire(&[to, vec![stranger]].concat(), &cc, Some(FOLLOWERS), Some(ORGANISATION));

        prop_assert_eq!(after, before.or(Some(Visibility::Direct)));
    }

    #[test]
    fn the_narrower_of_two_is_one_of_them_and_no_wider_than_either(one in visibility(), other in visibility()) {
        let narrower = one.narrower(other);

        prop_assert!(narrower == one || narrower == other);
        prop_assert!(narrower.width() <= one.width() && narrower.width() <= other.width());
        prop_assert_eq!(narrower, other.narrower(one));
    }

    #[test]
    fn who_is_nothing_to_the_author_reads_nothing_that_is_not_for_everybody(
        visibility in visibility(),
        ties in ties(),
    ) {
        let stranger = Ties { owner: false, on_site: false, in_organisation: false, follows: false, mentioned: false,
                              ..ties };
        let open = matches!(visibility, Visibility::Public | Visibility::Unlisted) && ties.open;

        prop_assert_eq!(may_read(visibility, stranger), open && !ties.hidden && !ties.blocked);
    }

    #[test]
    fn a_direct_post_is_for_those_named_alone(ties in ties()) {
        let reads = may_read(Visibility::Direct, Ties { owner: false, mentioned: false, ..ties });

        prop_assert!(!reads);
    }

    #[test]
    fn a_narrower_post_is_not_read_by_more_strangers(one in visibility(), other in visibility(), ties in ties()) {
        // Only what ties somebody to the site or to the organisation counts here: a mention can reach further.
        let ties = Ties { owner: false, follows: false, mentioned: false, ..ties };
        let (narrow, wide) = if one.width() <= other.width() { (one, other) } else { (other, one) };

        prop_assert!(!may_read(narrow, ties) || may_read(wide, ties), "{:?} but not {:?}", narrow, wide);
    }

    #[test]
    fn more_ties_never_hide_and_a_block_never_shows(visibility in visibility(), ties in ties()) {
        let blocked = Ties { blocked: true, owner: false, ..ties };
        let closer = Ties { follows: true, mentioned: true, in_organisation: true, on_site: true, ..ties };

        prop_assert!(!may_read(visibility, blocked));
        prop_assert!(!may_read(visibility, ties) || may_read(visibility, closer));
    }
}
