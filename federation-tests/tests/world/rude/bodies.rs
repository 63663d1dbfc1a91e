//! Bodies that are not what they are said to be, or more than anybody can want.

use std::io::Write as _;

use serde_json::{Value, json};

use crate::bad_input::Scene;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The letter with these bytes is refused with one of these statuses.
async fn refused(scene: &Scene, body: impl Into<Vec<u8>>, statuses: &[u16]) {
    let letter = scene.peer.letter(&json!({ "actor": scene.mallory })).with_body(body);
    let answer = letter.to(&scene.inbox()).await;
    assert!(statuses.contains(&answer.status.as_u16()), "{} {}", answer.status, answer.text());
}

#[tokio::test]
async fn a_field_that_stands_twice_does_not_make_two_truths() {
    let scene = Scene::set().await;
    let (eve, mallory) = (scene.peer.person("eve"), scene.mallory.as_str());
    let create = scene.create("Whose words?").to_string();
    let field = format!(r#""actor":"{mallory}""#);
    assert!(create.contains(&field), "{create}");
    let first_eve = create.replacen(&field, &format!(r#""actor":"{eve}",{field}"#), 1);
    let last_eve = create.replacen(&field, &format!(r#"{field},"actor":"{eve}""#), 1);

    // Signed by Mallory: whichever counts, it is never taken for Eve's.
    for body in [first_eve, last_eve] {
        let letter = scene.peer.letter(&json!({ "actor": mallory })).with_body(body);
        letter.to(&scene.inbox()).await;
    }
    scene.app.settles().await;

    for told in scene.ann.notifications().await {
        assert_eq!(told["account"]["username"], "mallory", "{told}");
    }
}

#[tokio::test]
async fn prefixed_and_plain_fields_together_do_not_make_two_truths() {
    let scene = Scene::set().await;
    let eve = scene.peer.person("eve");
    for name in ["as:actor", "https://www.w3.org/ns/activitystreams#actor"] {
        let mut create = scene.create("Whose words?");
        create[name] = json!(eve);
        scene.peer.letter(&create).to(&scene.inbox()).await;
        create = scene.create("Whose words?");
        create["object"]["as:attributedTo"] = json!(eve);
        scene.peer.letter(&create).to(&scene.inbox()).await;
    }
    scene.app.settles().await;

    for told in scene.ann.notifications().await {
        assert_eq!(told["account"]["username"], "mallory", "{told}");
    }
}

#[tokio::test]
async fn huge_lists_are_cut_or_refused() {
    let scene = Scene::set().await;
    let many = |count: usize| -> Vec<Value> {
        (0..count).map(|number| json!(format!("{}/{number}", scene.peer.url("/nobody")))).collect()
    };
    let mut to = scene.create("To everybody");
    to["object"]["to"].as_array_mut().unwrap().extend(many(5_000));
    let mut tags = scene.create("About everything");
    let mention = tags["object"]["tag"][0].clone();
    let hashtags = (0..3_000).map(|number| json!({ "type": "Hashtag", "name": format!("#tag{number}") }));
    tags["object"]["tag"] = std::iter::once(mention).chain(hashtags).collect();
    for create in [&to, &tags] {
        let answer = scene.peer.letter(create).to(&scene.inbox()).await;
        assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
    }
    scene.app.settles().await;

    let told = scene.ann.notifications().await;
    assert_eq!(told.len(), 2);
    let most = told.iter().map(|note| note["status"]["tags"].as_array().unwrap().len()).max().unwrap();
    assert!((1..=256).contains(&most), "{most} tags");
    refused(&scene, format!(r#"{{"id":"x","to":[{}0]}}"#, "0,".repeat(400_000)), &[400]).await;
    refused(&scene, format!("{{{}\"a\":1}}", "\"a\":1,".repeat(150_000)), &[400]).await;
}

#[tokio::test]
async fn numbers_and_texts_without_measure_are_borne() {
    let scene = Scene::set().await;
    refused(&scene, format!(r#"{{"id":1e{}}}"#, "9".repeat(1000)), &[400]).await;
    refused(&scene, format!(r#"{{"id":"{}"}}"#, "x".repeat(900_000)), &[400]).await;
    refused(&scene, format!(r#"{{"id":"\ud800","actor":"{}"}}"#, scene.mallory), &[400]).await;
    refused(&scene, format!(r#"{{"type":"Create","actor":"{}","id":-0}}"#, scene.mallory), &[400]).await;
    let mut far = scene.create("From the year 9999");
    far["object"]["published"] = json!("9999-12-31T23:59:59Z");
    far["object"]["updated"] = json!("-271821-04-20T00:00:00Z");
    far["object"]["attachment"] = json!([{
        "type": "Image", "mediaType": "image/png", "url": scene.peer.url("/1.png"),
        "width": u64::MAX, "height": -1, "focalPoint": [1e300, "x"], "blurhash": "x".repeat(5000)
    }]);
    let answer = scene.peer.letter(&far).to(&scene.inbox()).await;
    assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
    scene.app.settles().await;
    assert_eq!(scene.ann.notifications().await.len(), 1);
}

#[tokio::test]
async fn a_compressed_bomb_does_not_go_off() {
    let scene = Scene::set().await;
    // 1,000 times as long when it is unpacked, and it is not.
    let bomb = gzip(&vec![b' '; 256 << 20]);
    assert!(bomb.len() < 512 << 10);
    for encoding in ["gzip", "deflate", "br", "gzip, gzip", "x-gzip"] {
        let letter = scene.peer.letter(&json!({ "actor": scene.mallory })).with_body(bomb.clone());
        let answer =
            letter.sealed(&scene.inbox()).with("content-encoding", encoding).to(&scene.inbox()).await;
        assert!(matches!(answer.status.as_u16(), 400 | 415), "{encoding}: {}", answer.status);
    }
    scene.still_works().await;
}

#[tokio::test]
async fn a_packed_letter_is_refused_and_not_guessed_at() {
    let scene = Scene::set().await;
    let letter = scene.peer.letter(&json!({ "actor": scene.mallory }));
    let packed = letter.with_body(gzip(scene.create("Packed").to_string().as_bytes()));

    let answer = packed.sealed(&scene.inbox()).with("content-encoding", "gzip").to(&scene.inbox()).await;

    assert!(matches!(answer.status.as_u16(), 400 | 415), "{}", answer.status);
    scene.refused(&answer, answer.status.as_u16()).await;
}

#[tokio::test]
async fn a_letter_of_another_type_is_refused() {
    let scene = Scene::set().await;
    for kind in [
        "text/html",
        "text/plain",
        "application/json",
        "application/ld+json",
        r#"application/ld+json; profile="https://example.org/other""#,
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "application/activity+jsonx",
        "activity+json",
        ";",
    ] {
        let letter = scene.peer.letter(&scene.create("Trust me")).sealed(&scene.inbox());
        let answer = letter.with("content-type", kind).to(&scene.inbox()).await;
        assert_eq!(answer.status.as_u16(), 415, "{kind}: {}", answer.text());
    }
    scene.still_works().await;
}

#[tokio::test]
async fn a_letter_in_another_encoding_of_characters_is_refused() {
    let scene = Scene::set().await;
    let text = scene.create("Grüße").to_string();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin1: Vec<u8> = text.chars().map(|c| c as u8).collect();
    refused(&scene, utf16, &[400]).await;
    refused(&scene, latin1, &[400]).await;
    refused(&scene, [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(), &[400, 202]).await;
    refused(&scene, [text.as_bytes(), b"\xff"].concat(), &[400]).await;
    refused(&scene, [text.as_bytes(), text.as_bytes()].concat(), &[400]).await;
    refused(&scene, format!("{text}\0"), &[400]).await;
}

#[tokio::test]
async fn nul_characters_neither_break_nor_hide_anything() {
    let scene = Scene::set().await;
    let mut create = scene.create("A");
    create["object"]["content"] = json!("<p>Hello\u{0}Ann<scr\u{0}ipt>x()</scr\u{0}ipt></p>");
    create["object"]["summary"] = json!("warn\u{0}ing");
    create["object"]["tag"].as_array_mut().unwrap().push(json!({ "type": "Hashtag", "name": "#ha\u{0}sh" }));
    let answer = scene.peer.letter(&create).to(&scene.inbox()).await;
    assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());

    let told = scene.ann.hears_from("mention", "mallory").await.to_string();
    assert!(!told.contains('\u{0}') && !told.contains("\\u0000") && !told.contains("<script"), "{told}");
    for field in ["id", "type", "actor"] {
        let mut odd = scene.create("B");
        odd[field] = json!(format!("{}\u{0}", odd[field].as_str().unwrap()));
        let answer = scene.peer.letter(&odd).signed_by(&scene.mallory).to(&scene.inbox()).await;
        assert!(!answer.status.is_server_error(), "{field}: {} {}", answer.status, answer.text());
    }
}
