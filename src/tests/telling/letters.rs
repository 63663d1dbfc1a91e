//! Every letter in every language, as it is sent. The files stand in `letters/`.

use breezeway::base::Millis;
use breezeway::base::config::DigestRhythm;
use breezeway::base::id::AccountId;
use breezeway::domain::mail::wishes::Choice;
use breezeway::domain::mail::{self, About, NewMail, QueuedMail, queue};
use breezeway::domain::notifications::notify::Message;
use breezeway::domain::notifications::{self, Kind};
use breezeway::domain::statuses::Visibility;
use breezeway::domain::{auth, instance};
use breezeway::platform::mail::Letter;
use breezeway::testing::{Rooms, each_mailing_site, golden_text};
use breezeway::web::letters::{Paper, Written, write};

const LANGUAGES: [&str; 2] = ["en", "de"];

async fn reader(site: &Rooms) -> AccountId {
    let ann = site.person("ann").await;
    let mut tx = site.services.db.begin().await.unwrap();
    let now = site.services.clock.now();
    auth::store::update_confirmed(&mut tx, ann, "ann@example.org", now).await.unwrap();
    instance::about::write(&site.services, &mut tx, Some("Engineering"), Some("Where things are built."))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    ann
}

async fn speak(site: &Rooms, person: AccountId, language: &str) {
    let choice = Choice {
        digest: DigestRhythm::Weekly,
        hour: 8,
        weekday: 1,
        zone: "Europe/Berlin".to_owned(),
        language: language.to_owned(),
        quiet: None,
        news_off: false,
    };
    mail::wishes::choose(&site.services, person, choice).await.unwrap();
}

fn queued(site: &Rooms, account: Option<AccountId>, address: &str, about: &About) -> QueuedMail {
    let now = site.services.clock.now();
    QueuedMail {
        id: site.services.ids.next(),
        account_id: account,
        address: address.to_owned(),
        about: serde_json::to_string(about).unwrap(),
        created_at: now,
        run_at: now,
        give_up_at: now,
        attempts: 1,
    }
}

async fn written(site: &Rooms, mail: &QueuedMail) -> Option<Letter> {
    match write(&site.services, &Paper::new(), mail).await.unwrap() {
        Written::Letter { letter, .. } => Some(*letter),
        Written::Needless => None,
    }
}

/// Compares a letter with its file; what differs from run to run is taken out.
fn check(letter: &Letter, name: &str) {
    for word in ["src=", "<img", "<link", "@import", "url("] {
        assert!(!letter.html.contains(word), "{name}: nothing comes from elsewhere, but {word}");
    }
    for word in letter.html.split(['"', ' ', '<']).filter(|word| word.starts_with("http")) {
        assert!(word.starts_with("https://eng.example.org/"), "{name}: {word} leads elsewhere");
    }
    golden_text(&format!("src/tests/telling/letters/{name}.html"), &steady(&letter.html));
    let text = format!("Subject: {}\n\n{}", letter.subject, letter.text);
    golden_text(&format!("src/tests/telling/letters/{name}.txt"), &steady(&text));
}

/// Numbers of rows and secrets, replaced.
fn steady(text: &str) -> String {
    let secret = |word: &str| {
        let long = word.len() > 14 && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        long && word.chars().any(|c| c.is_ascii_digit())
    };
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        while let Some(at) = rest.find(['/', '"', ' ', '<', '>', '\n']) {
            let (word, more) = rest.split_at(at);
            out.push_str(if secret(word) { "…" } else { word });
            out.push_str(&more[..1]);
            rest = &more[1..];
        }
        out.push_str(if secret(rest) { "…" } else { rest });
    }
    out
}

#[tokio::test]
async fn letters_that_somebody_asked_for() {
    each_mailing_site(async |site| {
        let ann = reader(&site).await;
        for language in LANGUAGES {
            speak(&site, ann, language).await;
            let reset = queued(&site, None, "", &About::Reset { login: "ann".to_owned() });
            let letter = written(&site, &reset).await.expect("a letter");
            assert_eq!((letter.to.as_str(), letter.unsubscribe.clone()), ("ann@example.org", None));
            check(&letter, &format!("{language}-reset"));

            let reason = "Rule 2: be kind. <b>Please</b>.".to_owned();
            let decision = About::Decision { action: "limit_person".to_owned(), reason };
            let letter = written(&site, &queued(&site, Some(ann), "", &decision)).await.expect("a letter");
            check(&letter, &format!("{language}-decision"));
        }
        let bob = site.person("bob").await;
        for language in LANGUAGES {
            speak(&site, bob, language).await;
            let mail = queued(&site, Some(bob), "bob@example.org", &About::Confirmation);
            let letter = written(&site, &mail).await.expect("a letter");
            check(&letter, &format!("{language}-confirmation"));
        }
        let admin = site.staff("ada", auth::Role::Admin).await;
        let about = About::Invitation { role: "member".to_owned(), by: Some(admin) };
        let letter = written(&site, &queued(&site, None, "mei@example.org", &about)).await.expect("a letter");
        check(&letter, "en-invitation");
    })
    .await;
}

#[tokio::test]
async fn letters_that_come_by_themselves() {
    each_mailing_site(async |site| {
        let (ann, bob) = (reader(&site).await, site.person("bob").await);
        let far = site.colleague("far").await;
        site.follows(ann, bob).await;
        site.follows(ann, far).await;
        let since = site.services.clock.now();
        site.hand.advance(std::time::Duration::from_mins(1));
        let open = site.posts(bob, "@ann could you look at <script>alert(1)</script> this?").await;
        let secret = site.posts_to(Visibility::Direct, bob, "@ann the salary is a secret").await;
        site.posts(bob, "The release is out.").await;
        for (kind, from, status) in [
            (Kind::Mention, bob, Some(open)),
            (Kind::Mention, bob, Some(secret)),
            (Kind::FollowRequest, far, None),
        ] {
            let message = Message { to: ann, kind, from, status, report: None };
            let mut tx = site.services.db.begin().await.unwrap();
            assert_eq!(
                notifications::notify_all(&site.services, &mut tx, &[message]).await.unwrap().len(),
                1
            );
            tx.commit().await.unwrap();
        }
        for language in LANGUAGES {
            speak(&site, ann, language).await;
            for (name, about) in [("news", About::News), ("digest", About::Digest { since })] {
                let letter = written(&site, &queued(&site, Some(ann), "", &about)).await.expect("a letter");
                assert!(!letter.text.contains("salary") && !letter.html.contains("salary"));
                let stop = letter.unsubscribe.clone().expect("a way to end it");
                assert!(stop.starts_with("https://eng.example.org/unsubscribe/"), "{stop}");
                assert!(letter.text.contains(&stop) && letter.html.contains(&stop));
                check(&letter, &format!("{language}-{name}"));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_new_is_no_letter() {
    each_mailing_site(async |site| {
        let ann = reader(&site).await;
        let since = site.services.clock.now();
        let needless = [
            queued(&site, Some(ann), "", &About::News),
            queued(&site, Some(ann), "", &About::Digest { since }),
            queued(&site, None, "", &About::Reset { login: "nobody".to_owned() }),
            queued(&site, Some(ann), "ann@example.org", &About::Confirmation),
            queued(&site, Some(ann), "old@example.org", &About::Confirmation),
            queued(
                &site,
                None,
                "ann@example.org",
                &About::Invitation { role: "member".to_owned(), by: None },
            ),
            QueuedMail {
                about: "{\"kind\":\"later\"}".to_owned(),
                ..queued(&site, Some(ann), "", &About::News)
            },
        ];
        for mail in needless {
            assert_eq!(written(&site, &mail).await, None, "{mail:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_may_no_longer_invite_invites_nobody() {
    each_mailing_site(async |site| {
        let admin = site.staff("ada", auth::Role::Admin).await;
        let about = About::Invitation { role: "admin".to_owned(), by: Some(admin) };
        let mail = queued(&site, None, "mei@example.org", &about);
        assert!(written(&site, &mail).await.is_some());

        auth::manage::promote(&site.services, admin, auth::Role::Member).await.unwrap();

        assert_eq!(written(&site, &mail).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_mail_in_the_queue_holds_no_secret() {
    each_mailing_site(async |site| {
        reader(&site).await;
        mail::ask_reset(&site.services, "ann").await.unwrap();
        let taken = queue::take(&site.services).await.unwrap().unwrap();

        assert_eq!(taken.about(), Some(About::Reset { login: "ann".to_owned() }));
        assert_eq!(taken.address, "");
        let now: Millis = site.services.clock.now();
        let mail = NewMail {
            account: None,
            address: String::new(),
            about: About::News,
            source: "x".to_owned(),
            run_at: now,
            lasts: std::time::Duration::from_secs(1),
        };
        let mut tx = site.services.db.begin().await.unwrap();
        assert!(mail::post_in(&site.services, &mut tx, mail).await.unwrap());
    })
    .await;
}
