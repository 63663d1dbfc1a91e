//! Letters that were signed by somebody, somehow, for something else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use breezeway::platform::crypto::{KeyPair, sha256};
use breezeway::testing::peer::Sealed;
use serde_json::json;

use crate::bad_input::Scene;

/// The letter is refused as not signed by whom it says.
async fn nobody_believes(scene: &Scene, letter: &Sealed) {
    let answer = letter.to(&scene.inbox()).await;
    assert_eq!(answer.status.as_u16(), 401, "{}", answer.text());
}

#[tokio::test]
async fn a_request_cannot_be_sent_again_with_another_body() {
    let scene = Scene::set().await;
    let other = scene.create("Something else").to_string();
    for letter in [scene.peer.letter(&scene.create("A")), scene.peer.letter(&scene.create("B")).rfc9421()] {
        nobody_believes(&scene, &letter.sealed(&scene.inbox()).saying(other.clone())).await;
    }
    scene.still_works().await;
}

#[tokio::test]
async fn a_new_digest_does_not_help_an_old_signature() {
    let scene = Scene::set().await;
    let other = scene.create("Something else").to_string();
    let digest = sha256(other.as_bytes()).to_base64();
    let cavage = scene.peer.letter(&scene.create("A")).sealed(&scene.inbox());
    let rfc9421 = scene.peer.letter(&scene.create("B")).rfc9421().sealed(&scene.inbox());

    let cavage = cavage.saying(other.clone()).with("digest", &format!("SHA-256={digest}"));
    let rfc9421 = rfc9421.saying(other).with("content-digest", &format!("sha-256=:{digest}:"));

    nobody_believes(&scene, &cavage).await;
    nobody_believes(&scene, &rfc9421).await;
    scene.still_works().await;
}

#[tokio::test]
async fn a_request_that_is_sent_again_as_it_was_changes_nothing() {
    let scene = Scene::set().await;
    let letter = scene.peer.letter(&scene.create("Once")).sealed(&scene.inbox());

    for _ in 0..3 {
        assert_eq!(letter.to(&scene.inbox()).await.status.as_u16(), 202);
    }
    scene.app.settles().await;

    assert_eq!(scene.ann.notifications().await.len(), 1);
}

#[tokio::test]
async fn a_request_for_one_inbox_is_not_taken_at_another() {
    let scene = Scene::set().await;
    for letter in [scene.peer.letter(&scene.create("A")), scene.peer.letter(&scene.create("B")).rfc9421()] {
        let answer = letter.sealed(&scene.app.inbox("ann")).to(&scene.inbox()).await;
        assert_eq!(answer.status.as_u16(), 401, "{}", answer.text());
    }
    scene.still_works().await;
}

#[tokio::test]
async fn a_signed_question_is_no_signed_letter() {
    let scene = Scene::set().await;
    let create = scene.create("Trust me");
    // A signature over a GET of the same address, with the headers of a letter beside it.
    let digest = sha256(create.to_string().as_bytes()).to_base64();
    let letter = scene.peer.letter(&create).sealed(&scene.inbox());
    let base = format!(
        "(request-target): get /inbox\nhost: {}\ndate: {}\ndigest: SHA-256={digest}",
        scene.app.host(),
        letter.header("date")
    );
    let signature = STANDARD.encode(scene.peer.rsa().sign(base.as_bytes()).unwrap());
    let header = format!(
        r#"keyId="{}#main-key",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="{signature}""#,
        scene.mallory
    );

    nobody_believes(&scene, &letter.with("signature", &header)).await;
    scene.still_works().await;
}

#[tokio::test]
async fn keys_of_one_kind_do_not_pass_for_another() {
    let scene = Scene::set().await;
    let ed25519 = format!("{}#ed25519-key", scene.mallory);
    let rsa = format!("{}#main-key", scene.mallory);

    // RSA under the name of the Ed25519 key, and the other way round.
    let one = scene.peer.letter(&scene.create("A")).naming_key(&ed25519).sealed(&scene.inbox());
    let other = scene.peer.letter(&scene.create("B")).rfc9421().naming_key(&rsa).sealed(&scene.inbox());
    nobody_believes(&scene, &one).await;
    nobody_believes(&scene, &other).await;
    // "hs2019" leaves the choice to the key, not to the sender.
    let lie = one.header("signature").replace("rsa-sha256", "hs2019");
    nobody_believes(&scene, &one.with("signature", &lie)).await;
    scene.still_works().await;
}

#[tokio::test]
async fn algorithms_that_nobody_should_speak_are_refused() {
    let scene = Scene::set().await;
    let letter = scene.peer.letter(&scene.create("A")).sealed(&scene.inbox());
    for algorithm in ["none", "rsa-sha1", "hmac-sha256", "rsa-sha512", "RSA-SHA256 ", "ed25519", ""] {
        let header = letter.header("signature").replace("rsa-sha256", algorithm);
        nobody_believes(&scene, &letter.clone().with("signature", &header)).await;
    }
    let letter = scene.peer.letter(&scene.create("B")).rfc9421().sealed(&scene.inbox());
    for algorithm in ["none", "hmac-sha256", "rsa-v1_5-sha256", "rsa-pss-sha512", "ecdsa-p256-sha256"] {
        let header =
            letter.header("signature-input").replace("alg=\"ed25519\"", &format!("alg=\"{algorithm}\""));
        nobody_believes(&scene, &letter.clone().with("signature-input", &header)).await;
    }
    scene.still_works().await;
}

#[tokio::test]
async fn a_public_key_is_no_shared_secret() {
    let scene = Scene::set().await;
    let letter = scene.peer.letter(&scene.create("A")).sealed(&scene.inbox());
    // The classic confusion: the public key, which everybody has, as the secret of an HMAC.
    let pem = scene.peer.rsa().public_pem().unwrap();
    let fake = STANDARD.encode(sha256(pem.as_bytes()).as_bytes());
    for algorithm in ["hmac-sha256", "hs2019"] {
        let header = format!(
            r#"keyId="{}#main-key",algorithm="{algorithm}",headers="(request-target) host date digest",signature="{fake}""#,
            scene.mallory
        );
        nobody_believes(&scene, &letter.clone().with("signature", &header)).await;
    }
    scene.still_works().await;
}

#[tokio::test]
async fn two_signatures_are_not_better_than_one() {
    let scene = Scene::set().await;
    let other = KeyPair::generate_rsa().unwrap();
    let good = scene.peer.letter(&scene.create("A")).sealed(&scene.inbox());
    let bad = scene.peer.letter(&scene.create("A")).with_key(&other).sealed(&scene.inbox());

    nobody_believes(&scene, &bad.clone().and("signature", &good.header("signature"))).await;
    nobody_believes(&scene, &good.clone().and("signature", &bad.header("signature"))).await;
    let twice = format!("{},{}", good.header("signature"), bad.header("signature"));
    nobody_believes(&scene, &good.with("signature", &twice)).await;
    scene.still_works().await;
}

#[tokio::test]
async fn a_signature_under_one_label_does_not_vouch_for_another() {
    let scene = Scene::set().await;
    let letter = scene.peer.letter(&scene.create("A")).rfc9421().sealed(&scene.inbox());
    let elsewhere = letter.header("signature").replace("sig1=", "sig2=");
    nobody_believes(&scene, &letter.clone().with("signature", &elsewhere)).await;

    let bare = letter.header("signature-input").replace(r#""@target-uri""#, r#""@target-uri";req"#);
    nobody_believes(&scene, &letter.clone().with("signature-input", &bare)).await;
    let twice = letter.header("signature-input").replace(r#""@method""#, r#""@method" "@method""#);
    nobody_believes(&scene, &letter.with("signature-input", &twice)).await;
    scene.still_works().await;
}

#[tokio::test]
async fn one_right_digest_does_not_cover_a_wrong_one() {
    let scene = Scene::set().await;
    let letter = scene.peer.letter(&scene.create("A")).sealed(&scene.inbox());
    let wrong = format!("SHA-256={}", sha256(b"another body").to_base64());
    let both = format!("{},{wrong}", letter.header("digest"));

    nobody_believes(&scene, &letter.clone().with("digest", &both)).await;
    nobody_believes(&scene, &letter.clone().and("digest", &wrong)).await;
    for weak in ["MD5=1B2M2Y8AsgTpgAmY7PhCfg==", "SHA-1=2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "unixsum=0", ""] {
        nobody_believes(&scene, &letter.clone().with("digest", weak)).await;
    }
    let letter = scene.peer.letter(&scene.create("B")).rfc9421().sealed(&scene.inbox());
    for weak in ["md5=:1B2M2Y8AsgTpgAmY7PhCfg==:", "unixsum=0", "sha-256", "sha-256=?1", "sha-256=:!:"] {
        nobody_believes(&scene, &letter.clone().with("content-digest", weak)).await;
    }
    scene.still_works().await;
}

#[tokio::test]
async fn rubbish_for_a_signature_is_refused() {
    let scene = Scene::set().await;
    let letter = scene.peer.letter(&scene.create("A")).sealed(&scene.inbox());
    let flood = format!("keyId=\"{}\"{}", scene.mallory, ",x=\"y\"".repeat(5_000));
    for header in [
        "",
        ",",
        "=",
        "keyId",
        "keyId=\"",
        "Signature",
        r#"keyId="not a url",signature="AAAA",headers="(request-target) host date digest""#,
        r#"keyId="http://127.0.0.1:1/nobody#key",signature="AAAA",headers="(request-target) host date digest""#,
        r#"keyId="data:text/plain,key",signature="AAAA",headers="(request-target) host date digest""#,
        r#"keyId="file:///etc/passwd",signature="AAAA",headers="(request-target) host date digest""#,
        &flood,
    ] {
        let answer = letter.clone().with("signature", header).to(&scene.inbox()).await;
        // A key on a site that does not answer may be there later.
        assert!(
            matches!(answer.status.as_u16(), 401 | 403 | 503),
            "{header:.80}: {} {}",
            answer.status,
            answer.text()
        );
    }
    let letter = scene.peer.letter(&scene.create("B")).rfc9421().sealed(&scene.inbox());
    for header in ["", "sig1", "sig1=()", "sig1=1", "sig1=(\"@method\")", "sig1=(;created=1", "☃=()"] {
        let answer = letter.clone().with("signature-input", header).to(&scene.inbox()).await;
        assert_eq!(answer.status.as_u16(), 401, "{header}: {}", answer.text());
    }
    scene.still_works().await;
}

#[tokio::test]
async fn a_flood_of_headers_is_refused() {
    let scene = Scene::set().await;
    let mut letter = scene.peer.letter(&scene.create("A")).sealed(&scene.inbox());
    for _ in 0..500 {
        letter = letter.and("x-flood", "y");
    }

    let answer = letter.to(&scene.inbox()).await;

    assert_eq!(answer.status.as_u16(), 431, "{}", answer.text());
    scene.still_works().await;
}

#[tokio::test]
async fn who_is_spoken_for_is_who_signed_whatever_the_fields_say() {
    let scene = Scene::set().await;
    let eve = scene.peer.person("eve");
    let ann = scene.app.actor("ann");
    let mut create = scene.create("Mallory's words");
    create["actor"] = json!([scene.mallory, eve]);
    // Who is named first wrote it; Eve has passed it on, and of that nothing is believed.
    scene.peer.letter(&create).signed_by(&eve).to(&scene.inbox()).await.ok();
    scene.app.settles().await;
    assert!(scene.ann.notifications().await.is_empty());
    create["actor"] = json!(ann);
    let ours = scene.peer.letter(&create).signed_by(&scene.mallory).to(&scene.inbox()).await;

    assert!(ours.status.is_client_error(), "{}", ours.text());
    scene.refused(&ours, ours.status.as_u16()).await;
}
