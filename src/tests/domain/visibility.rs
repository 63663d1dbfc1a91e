//! Who reads what: every visibility against every reader, through the database.

use breezeway::domain::follows;
use breezeway::domain::statuses::{Reader, Visibility};
use breezeway::testing::rooms::SALES;
use breezeway::testing::{Rooms, each_site};

const ALL: [Visibility; 6] = [
    Visibility::Public,
    Visibility::Unlisted,
    Visibility::Organisation,
    Visibility::Site,
    Visibility::Private,
    Visibility::Direct,
];

/// Which of the posts the reader may read, in the order of [`ALL`], as in `puos--`.
async fn read(site: &Rooms, reader: &Reader, posts: &[breezeway::base::id::StatusId]) -> String {
    let mut out = String::new();
    for (post, letter) in posts.iter().zip("puospd".chars()) {
        out.push(if site.reads(reader, *post).await { letter } else { '-' });
    }
    out
}

#[tokio::test]
async fn every_rung_of_the_ladder_against_every_reader() {
    each_site(async |site| {
        let (ann, bob, cat) = (site.person("ann").await, site.person("bob").await, site.person("cat").await);
        let named = site.person("named").await;
        site.follows(bob, ann).await;
        let mut posts = Vec::new();
        for visibility in ALL {
            // On a closed site nobody can write wider than the organisation; another site may have sent it.
            let post = site.posts_to(visibility, ann, "@named hello").await;
            posts.push(post);
        }
        let member = Reader::Site { host: SALES.to_owned(), member: true };
        let stranger = Reader::Site { host: "stranger.example".to_owned(), member: false };

        assert_eq!(read(&site, &Reader::Person(ann), &posts).await, "puospd");
        assert_eq!(read(&site, &Reader::Person(bob), &posts).await, "puosp-");
        assert_eq!(read(&site, &Reader::Person(cat), &posts).await, "puos--");
        assert_eq!(read(&site, &Reader::Person(named), &posts).await, "puospd");
        assert_eq!(read(&site, &member, &posts).await, "puo---");
        assert_eq!(read(&site, &stranger, &posts).await, "------");
        assert_eq!(read(&site, &Reader::Anonymous, &posts).await, "------");

        let far = site.colleague("far").await;
        site.follows(far, ann).await;
        assert_eq!(read(&site, &member, &posts).await, "puo-p-");

        follows::block(&site.services, ann, bob).await.unwrap();
        assert_eq!(read(&site, &Reader::Person(bob), &posts).await, "------");
    })
    .await;
}

#[tokio::test]
async fn a_closed_site_writes_no_wider_than_the_organisation() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        for (wanted, got) in [
            (Visibility::Public, Visibility::Organisation),
            (Visibility::Unlisted, Visibility::Organisation),
            (Visibility::Site, Visibility::Site),
        ] {
            let post = site.posts_to(wanted, ann, "hello").await;
            assert_eq!(site.status(post).await.unwrap().visibility, got);
        }
    })
    .await;
}
