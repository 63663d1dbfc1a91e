//! Tags that people follow.

use breezeway::base::Error;
use breezeway::domain::statuses::Visibility;
use breezeway::domain::{follows, tags};
use breezeway::testing::each_site;

#[tokio::test]
async fn posts_with_a_followed_tag_come_into_the_home() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let earlier = site.posts(bob, "First #Tea").await;

        let tag = tags::follow(&site.services, ann, "#TEA").await.unwrap();
        tags::follow(&site.services, ann, "tea").await.unwrap();
        assert_eq!((tag.name.as_str(), tag.display.as_str()), ("tea", "TEA"));
        let tagged = site.posts(bob, "More #tea #coffee").await;
        site.posts(bob, "untagged").await;
        site.posts_to(Visibility::Private, bob, "for my followers #tea").await;

        assert_eq!(site.home(ann).await, [tagged, earlier]);
        let followed = tags::store::list(&mut site.conn().await, ann, 9, 0).await.unwrap();
        assert_eq!(followed, [tag]);
    })
    .await;
}

#[tokio::test]
async fn what_stands_in_the_home_only_for_a_tag_goes_with_it() {
    each_site(async |site| {
        let (ann, bob, eve) = (site.person("ann").await, site.person("bob").await, site.person("eve").await);
        site.follows(ann, eve).await;
        tags::follow(&site.services, ann, "tea").await.unwrap();
        tags::follow(&site.services, ann, "coffee").await.unwrap();
        site.posts(bob, "#tea").await;
        let both = site.posts(bob, "#tea #coffee").await;
        let followed = site.posts(eve, "#tea").await;
        let own = site.posts(ann, "#tea").await;

        tags::unfollow(&site.services, ann, "Tea").await.unwrap();
        tags::unfollow(&site.services, ann, "tea").await.unwrap();

        assert_eq!(site.home(ann).await, [own, followed, both]);
        site.posts(bob, "#tea again").await;
        assert_eq!(site.home(ann).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn who_is_muted_or_blocked_does_not_come_by_a_tag() {
    each_site(async |site| {
        let (ann, bob, eve) = (site.person("ann").await, site.person("bob").await, site.person("eve").await);
        tags::follow(&site.services, ann, "tea").await.unwrap();
        follows::block(&site.services, ann, bob).await.unwrap();
        follows::mute(&site.services, ann, eve, false, None).await.unwrap();

        site.posts(bob, "#tea").await;
        site.posts(eve, "#tea").await;

        assert!(site.home(ann).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_a_hashtag_can_be_followed() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        for name in ["", "#", "two words", "2026", "a/b", "<b>"] {
            let refused = tags::follow(&site.services, ann, name).await;
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{name}");
        }
    })
    .await;
}
