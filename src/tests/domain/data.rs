//! What a person likes, takes along, brings, and how they leave.

use std::io::{Cursor, Read as _};
use std::time::Duration;

use breezeway::base::Error;
use breezeway::base::id::{AccountId, ExportId};
use breezeway::domain::auth::settings::{self, Theme};
use breezeway::domain::auth::{self, NewApp, Role, apps};
use breezeway::domain::data::{Failure, ImportKind, Why, depart, export, import, sweep};
use breezeway::domain::follows::{self, follow::Wishes};
use breezeway::domain::lists::{self, NewList};
use breezeway::domain::{accounts, statuses, statuses::Visibility};
use breezeway::federation::imports;
use breezeway::testing::each_site;
use breezeway::testing::rooms::{Rooms, SALES};
use futures::TryStreamExt;
use tokio_util::sync::CancellationToken;

type Zip = zip::ZipArchive<Cursor<Vec<u8>>>;

async fn fetched(site: &Rooms, account: AccountId, id: ExportId) -> Zip {
    let (_, reading) = export::fetch(&site.services, account, id).await.unwrap();
    let pieces: Vec<bytes::Bytes> = reading.into_stream().try_collect().await.unwrap();
    Zip::new(Cursor::new(pieces.concat())).unwrap()
}

async fn exported(site: &Rooms, account: AccountId) -> Zip {
    let id = export::request(&site.services, account).await.unwrap();
    assert!(export::make_next(&site.services).await.unwrap());
    fetched(site, account, id).await
}

fn text(zip: &mut Zip, name: &str) -> String {
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

async fn brings(site: &Rooms, account: AccountId, kind: ImportKind, table: &str) -> Vec<Failure> {
    let id = import::request(&site.services, account, kind, table.as_bytes()).await.unwrap();
    while imports::work(&site.services, &CancellationToken::new()).await.unwrap() {}
    let done = import::get(&mut site.conn().await, account, id).await.unwrap();
    assert!(done.finished_at.is_some() && done.position == done.total);
    done.failures()
}

#[tokio::test]
async fn what_one_likes_comes_with_the_session_and_goes_with_the_person() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let user = async || auth::store::find(&mut site.conn().await, ann).await.unwrap();
        assert_eq!(user().await.unwrap().settings, auth::Settings::default());

        settings::change(&site.services, ann, |settings| settings.theme = Theme::Dark).await.unwrap();
        settings::change(&site.services, ann, |settings| settings.language = Some("de".into()))
            .await
            .unwrap();
        let bad =
            settings::change(&site.services, ann, |settings| settings.zone = Some("Nowhere".into())).await;

        assert!(matches!(bad, Err(Error::Invalid { field: "zone", .. })));
        let liked = user().await.unwrap().settings;
        assert_eq!((liked.theme, liked.language.as_deref(), liked.zone), (Theme::Dark, Some("de"), None));
        auth::leave(&site.services, ann).await.unwrap();
        let gone = settings::change(&site.services, ann, |settings| settings.theme = Theme::Light).await;
        assert!(matches!(gone, Err(Error::NotFound { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_program_is_taken_away_with_all_its_tokens() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let scopes = auth::Scopes::parse("read write:statuses").unwrap();
        auth::token::create(&site.services, ann, &scopes, "a script").await.unwrap();
        let theirs = auth::token::create(&site.services, bob, &scopes, "other").await.unwrap();
        let new = NewApp {
            name: "Pocket".into(),
            redirect_uris: vec!["urn:ietf:wg:oauth:2.0:oob".into()],
            scopes: "read".into(),
            ..NewApp::default()
        };
        let program = auth::oauth::register_app(&site.services, new).await.unwrap();
        let mut tx = site.services.db.begin().await.unwrap();
        for (number, scopes) in [(1, "read"), (2, "read write")] {
            let token = auth::Token {
                id: site.services.ids.next(),
                app_id: Some(program.app.id),
                account_id: Some(ann),
                scopes: scopes.into(),
                name: String::new(),
                created_at: site.services.clock.now(),
                last_used_at: None,
            };
            auth::store::oauth::insert_token(&mut tx, &token, &format!("hash {number}")).await.unwrap();
        }
        tx.commit().await.unwrap();
        let listed = apps::list(&mut site.conn().await, ann).await.unwrap();
        assert_eq!(listed.len(), 2, "{listed:?}");
        let pocket = listed.iter().find(|app| app.name == "Pocket").unwrap();
        assert_eq!(pocket.scopes.to_string(), "read write");
        assert!(listed.iter().any(|app| app.by_hand && app.name == "a script"));

        assert!(matches!(apps::revoke(&site.services, bob, pocket.id).await, Err(Error::NotFound { .. })));
        apps::revoke(&site.services, ann, pocket.id).await.unwrap();

        let left = apps::list(&mut site.conn().await, ann).await.unwrap();
        assert_eq!(left.iter().map(|app| app.name.as_str()).collect::<Vec<_>>(), ["a script"]);
        apps::revoke_all(&site.services, ann).await.unwrap();
        assert!(apps::list(&mut site.conn().await, ann).await.unwrap().is_empty());
        let others = auth::token::find(&site.services, &mut site.conn().await, &theirs).await.unwrap();
        assert!(others.is_some(), "bob's programs are his");
    })
    .await;
}

#[tokio::test]
async fn everything_is_taken_along_and_brought_again() {
    each_site(async |site| {
        site.peers_with(SALES).await;
        let (ann, bob, far) = (site.person("ann").await, site.person("bob").await, site.colleague("far").await);
        let (muted, blocked) = (site.person("mia").await, site.colleague("bert").await);
        let languages = Some(vec!["de".to_owned(), "en".to_owned()]);
        let wishes = Wishes { reblogs: Some(false), notify: Some(true), languages };
        follows::follow(&site.services, ann, bob, wishes).await.unwrap();
        follows::follow(&site.services, ann, far, Wishes::default()).await.unwrap();
        site.follows(bob, ann).await;
        follows::mute(&site.services, ann, muted, false, None).await.unwrap();
        follows::block(&site.services, ann, blocked).await.unwrap();
        let posts: Vec<_> = [site.posts(ann, "one, \"two\"").await, site.posts_to(Visibility::Direct, ann, "to myself").await].into();
        site.posts(bob, "not hers").await;

        let theirs = site.posts(bob, "worth keeping").await;
        statuses::bookmark(&site.services, ann, theirs).await.unwrap();
        let new = NewList { title: "Maps, \"north\"".into(), ..NewList::default() };
        let list = lists::create(&site.services, ann, new).await.unwrap();
        lists::add(&site.services, ann, list.id, &[bob, far]).await.unwrap();

        let mut zip = exported(&site, ann).await;

        let written: serde_json::Value = serde_json::from_str(&text(&mut zip, "posts.json")).unwrap();
        let typed: Vec<_> = written.as_array().unwrap().iter().map(|post| post["typed"].as_str().unwrap()).collect();
        assert_eq!(typed, ["one, \"two\"", "to myself"]);
        assert_eq!(posts.len(), typed.len());
        let profile: serde_json::Value = serde_json::from_str(&text(&mut zip, "profile.json")).unwrap();
        assert_eq!(profile["address"], "ann@eng.example.org");
        assert_eq!(profile["email"], "ann@example.org");
        assert_eq!(text(&mut zip, "followers.csv"), "Account address\nbob@eng.example.org\n");
        let following = text(&mut zip, "following_accounts.csv");
        assert_eq!(
            following,
            "Account address,Show boosts,Notify on new posts,Languages\nbob@eng.example.org,false,true,\"de, en\"\nfar@sales.example.org,true,false,\n"
        );
        let (mutes, blocks) = (text(&mut zip, "muted_accounts.csv"), text(&mut zip, "blocked_accounts.csv"));
        let (listed, kept) = (text(&mut zip, "lists.csv"), text(&mut zip, "bookmarks.csv"));
        let zoe = site.person("zoe").await;
        assert_eq!(brings(&site, zoe, ImportKind::Following, &following).await, []);
        assert_eq!(brings(&site, zoe, ImportKind::Muting, &mutes).await, []);
        assert_eq!(brings(&site, zoe, ImportKind::Blocking, &blocks).await, []);
        assert_eq!(brings(&site, zoe, ImportKind::Lists, &listed).await, []);
        assert_eq!(brings(&site, zoe, ImportKind::Bookmarks, &kept).await, []);
        let mut again = exported(&site, zoe).await;
        assert_eq!(text(&mut again, "lists.csv"), listed);
        assert_eq!(text(&mut again, "bookmarks.csv"), kept);
        assert_eq!(text(&mut again, "following_accounts.csv"), following);
        assert_eq!(text(&mut again, "muted_accounts.csv"), mutes);
        assert_eq!(text(&mut again, "blocked_accounts.csv"), blocks);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_over_is_named_and_tried_again() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        follows::block(&site.services, bob, ann).await.unwrap();

        let failed = brings(
            &site,
            ann,
            ImportKind::Following,
            "nobody\nbob\nann@eng.example.org\nlea@stranger.example.org\n",
        )
        .await;

        let why: Vec<_> = failed.iter().map(|failure| (failure.line.who.as_str(), &failure.why)).collect();
        assert_eq!(why[0], ("nobody", &Why::Unknown));
        assert_eq!(why[1], ("bob", &Why::Refused("this person cannot be followed".into())));
        assert_eq!(why[2], ("ann@eng.example.org", &Why::Refused("nobody can follow themselves".into())));
        assert_eq!(why[3], ("lea@stranger.example.org", &Why::Closed));
        site.person("nobody").await;
        let id = import::list(&mut site.conn().await, ann).await.unwrap()[0].id;
        assert!(matches!(import::retry(&site.services, bob, id).await, Err(Error::NotFound { .. })));
        let next = import::retry(&site.services, ann, id).await.unwrap();
        assert!(imports::work(&site.services, &CancellationToken::new()).await.unwrap());
        let next = import::get(&mut site.conn().await, ann, next).await.unwrap();
        assert_eq!((next.total, next.failures().len()), (4, 3));
    })
    .await;
}

#[tokio::test]
async fn a_file_goes_on_where_it_stopped() {
    each_site(async |site| {
        let (ann, bob, cleo) =
            (site.person("ann").await, site.person("bob").await, site.person("cleo").await);
        let id = import::request(&site.services, ann, ImportKind::Following, b"bob\ncleo\n").await.unwrap();
        let (mut taken, lines) = import::take_next(&site.services).await.unwrap().unwrap();
        assert!(import::take_next(&site.services).await.unwrap().is_none(), "one does it");
        import::apply(&site.services, &taken, &lines[0], bob).await.unwrap();
        import::note(&site.services, &mut taken, None).await.unwrap();

        site.hand.advance(import::LEASE + Duration::from_secs(1));
        let (rest, lines) = import::take_next(&site.services).await.unwrap().unwrap();

        assert_eq!((rest.id, rest.position, lines[1].who.as_str()), (id, 1, "cleo"));
        import::apply(&site.services, &rest, &lines[1], cleo).await.unwrap();
        assert_eq!(site.account_of(ann).await.following_count, 2);
    })
    .await;
}

#[tokio::test]
async fn an_export_is_its_owners_alone_and_not_for_ever() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let id = export::request(&site.services, ann).await.unwrap();
        assert!(matches!(export::request(&site.services, ann).await, Err(Error::Conflict { .. })));
        assert!(matches!(export::fetch(&site.services, ann, id).await, Err(Error::NotFound { .. })));
        assert!(export::make_next(&site.services).await.unwrap());
        assert!(!export::make_next(&site.services).await.unwrap());
        fetched(&site, ann, id).await;
        assert!(matches!(export::fetch(&site.services, bob, id).await, Err(Error::NotFound { .. })));
        assert!(matches!(export::discard(&site.services, bob, id).await, Err(Error::NotFound { .. })));
        assert!(matches!(export::request(&site.services, ann).await, Err(Error::RateLimited { .. })));

        site.hand.advance(export::PAUSE);
        let newer = export::request(&site.services, ann).await.unwrap();
        export::make_next(&site.services).await.unwrap();

        assert!(matches!(export::fetch(&site.services, ann, id).await, Err(Error::NotFound { .. })));
        assert_eq!(files(&site), 1);
        site.hand.advance(export::KEPT);
        assert!(matches!(export::fetch(&site.services, ann, newer).await, Err(Error::NotFound { .. })));
        sweep::sweep(&site.services).await.unwrap();
        assert_eq!(files(&site), 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_left_leaves_no_export_behind() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        export::request(&site.services, ann).await.unwrap();
        export::make_next(&site.services).await.unwrap();
        assert_eq!(files(&site), 1);

        let mut tx = site.services.db.begin().await.unwrap();
        export::forget_in(&site.services, &mut tx, ann).await.unwrap();
        tx.commit().await.unwrap();
        sweep::sweep(&site.services).await.unwrap();

        assert_eq!(files(&site), 0);
        assert!(export::list(&mut site.conn().await, ann).await.unwrap().is_empty());
    })
    .await;
}

fn files(site: &Rooms) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
        paths.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    let config = &site.services.config.server;
    count(&config.media_dir().join("exports")) + count(&config.data_dir.join("exports"))
}

#[tokio::test]
async fn one_leaves_after_seven_days_and_can_stay_until_then() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let departure = depart::depart(&site.services, ann).await.unwrap();
        site.hand.advance(Duration::from_hours(24));
        assert_eq!(depart::depart(&site.services, ann).await.unwrap(), departure, "no longer than at first");
        depart::depart(&site.services, bob).await.unwrap();
        depart::stay(&site.services, bob).await.unwrap();
        depart::run_due(&site.services).await.unwrap();
        assert!(!site.account_of(ann).await.is_hidden());

        site.hand.advance(depart::THINK);
        depart::run_due(&site.services).await.unwrap();
        depart::run_due(&site.services).await.unwrap();

        assert!(site.account_of(ann).await.is_hidden());
        assert!(!site.account_of(bob).await.is_hidden());
        assert_eq!(depart::find(&mut site.conn().await, ann).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays_also_after_seven_days() {
    each_site(async |site| {
        let ada = site.staff("ada", Role::Admin).await;
        assert!(matches!(depart::depart(&site.services, ada).await, Err(Error::Forbidden { .. })));
        let bea = site.staff("bea", Role::Admin).await;
        depart::depart(&site.services, ada).await.unwrap();
        auth::leave(&site.services, bea).await.unwrap();

        site.hand.advance(depart::THINK);
        depart::run_due(&site.services).await.unwrap();

        assert!(!site.account_of(ada).await.is_hidden());
        assert_eq!(depart::find(&mut site.conn().await, ada).await.unwrap(), None);
        let account = accounts::store::get(&mut site.conn().await, ada).await.unwrap();
        assert!(account.deleted_at.is_none());
    })
    .await;
}
