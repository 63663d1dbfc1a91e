//! Documents in the shapes that other programs send, made up by us, and how we read them.

use serde_json::{Value, json};

use super::activity::{Activity, Undone, Updated};
use super::actor::ActorKind;
use super::object::{DocumentKind, NoteKind};
use super::*;

fn activity(value: &Value) -> Activity {
    read(value.to_string().as_bytes()).expect("a readable activity")
}

fn note(value: &Value) -> Note {
    read(value.to_string().as_bytes()).expect("a readable note")
}

fn url(text: &str) -> url::Url {
    text.parse().expect("a URL")
}

/// Mastodon: everything present, much of it `null`.
#[test]
fn a_note_of_mastodon_is_read() {
    let note = note(&json!({
        "@context": ["https://www.w3.org/ns/activitystreams", {"ostatus": "http://ostatus.org#"}],
        "id": "https://m.example/users/ann/statuses/1",
        "type": "Note",
        "summary": null,
        "inReplyTo": null,
        "published": "2026-01-02T03:04:05Z",
        "url": "https://m.example/@ann/1",
        "attributedTo": "https://m.example/users/ann",
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "cc": ["https://m.example/users/ann/followers", "https://b.example/users/bob"],
        "sensitive": false,
        "atomUri": "https://m.example/users/ann/statuses/1",
        "conversation": "tag:m.example,2026-01-02:objectId=1:objectType=Conversation",
        "content": "<p>Hello</p>",
        "contentMap": {"en": "<p>Hello</p>"},
        "attachment": [{
            "type": "Document", "mediaType": "image/jpeg", "url": "https://m.example/1.jpeg",
            "name": "A cat", "blurhash": "UABC", "focalPoint": [0.0, -0.5], "width": 640, "height": 480
        }],
        "tag": [
            {"type": "Mention", "href": "https://b.example/users/bob", "name": "@bob@b.example"},
            {"type": "Hashtag", "href": "https://m.example/tags/cats", "name": "#cats"},
            {"type": "Emoji", "name": ":cat:", "icon": {"type": "Image", "url": "https://m.example/cat.png"}}
        ],
        "replies": {"id": "https://m.example/users/ann/statuses/1/replies", "type": "Collection"}
    }));

    assert_eq!((note.kind, note.language()), (NoteKind::Note, Some("en")));
    assert_eq!((note.summary.as_deref(), note.in_reply_to.as_ref()), (None, None));
    assert_eq!(
        note.published.map(crate::base::Millis::to_rfc3339).as_deref(),
        Some("2026-01-02T03:04:05.000Z")
    );
    assert_eq!((note.mentions().count(), note.hashtags().count(), note.tag.len()), (1, 1, 3));
    assert_eq!(note.attachment[0].kind, DocumentKind::Document);
    assert_eq!(note.attachment[0].focal_point, [0.0, -0.5]);
}

/// GoToSocial: scalars where others write lists; public as a prefix.
#[test]
fn a_note_with_scalars_is_read() {
    let note = note(&json!({
        "id": "https://g.example/users/gus/statuses/01A",
        "type": "Note",
        "attributedTo": "https://g.example/users/gus",
        "to": "as:Public",
        "cc": "https://g.example/users/gus/followers",
        "content": "hi",
        "tag": {"type": "Mention", "href": "https://b.example/users/bob", "name": "@bob@b.example"},
        "attachment": {"type": "Image", "mediaType": "image/png", "url": "https://g.example/1.png", "summary": "alt"},
        "url": "https://g.example/@gus/statuses/01A"
    }));

    assert_eq!(note.to, [audience::public()]);
    assert_eq!((note.cc.len(), note.mentions().count(), note.attachment.len()), (1, 1, 1));
    assert_eq!(note.attachment[0].summary.as_deref(), Some("alt"));
}

/// PeerTube and Lemmy: several authors, several links, titles.
#[test]
fn a_titled_post_with_many_links_is_read() {
    let note = note(&json!({
        "id": "https://v.example/videos/1",
        "type": "Video",
        "name": "A talk",
        "attributedTo": [
            {"type": "Person", "id": "https://v.example/accounts/ann"},
            {"type": "Group", "id": "https://v.example/channels/talks"}
        ],
        "url": [
            {"type": "Link", "mediaType": "video/mp4", "href": "https://v.example/1.mp4"},
            {"type": "Link", "mediaType": "text/html", "href": "https://v.example/w/1"}
        ],
        "to": ["Public"],
        "content": null,
        "sensitive": null,
        "contentMap": null
    }));

    assert_eq!(note.kind, NoteKind::Video);
    assert_eq!(note.attributed_to, url("https://v.example/accounts/ann"));
    assert_eq!(note.url, Some(url("https://v.example/w/1")));
    assert_eq!(note.to, [audience::public()]);
    assert_eq!(note.html(), None);
}

#[test]
fn an_actor_with_one_key_and_one_with_many_are_read() {
    let key = |name: &str| {
        json!({
            "id": format!("https://m.example/users/ann#{name}"),
            "owner": "https://m.example/users/ann",
            "publicKeyPem": "-----BEGIN PUBLIC KEY-----…"
        })
    };
    let actor = |keys: Value| {
        json!({
            "type": "Person", "id": "https://m.example/users/ann", "preferredUsername": "ann",
            "inbox": "https://m.example/users/ann/inbox", "name": null, "summary": null,
            "endpoints": {"sharedInbox": "https://m.example/inbox"},
            "publicKey": keys, "icon": [], "image": {"type": "Image", "url": {"type": "Link", "href": "https://m.example/h.png"}},
            "assertionMethod": [
                {"id": "https://m.example/users/ann#ed", "type": "Multikey", "controller": "https://m.example/users/ann",
                 "publicKeyMultibase": "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"},
                {"id": "https://m.example/users/ann#odd", "type": "JsonWebKey"}
            ],
            "attachment": [{"type": "PropertyValue", "name": "Web", "value": "<a>x</a>"}, {"type": "Odd"}],
            "discoverable": null
        })
    };

    for (keys, count) in [(key("main-key"), 1), (json!([key("a"), key("b")]), 2), (Value::Null, 0)] {
        let actor: Actor = read(actor(keys).to_string().as_bytes()).expect("readable");
        assert_eq!((actor.kind, actor.public_key.len()), (ActorKind::Person, count));
        assert_eq!((actor.assertion_method.len(), actor.attachment.len()), (1, 1));
        assert_eq!(actor.shared_inbox(), Some(&url("https://m.example/inbox")));
        assert_eq!(actor.image.and_then(|image| image.url), Some(url("https://m.example/h.png")));
        assert!(actor.icon.is_none());
    }
}

#[test]
fn actors_and_objects_of_activities_may_be_ids_or_objects() {
    for object in
        [json!("https://b.example/notes/1"), json!({"type": "Note", "id": "https://b.example/notes/1"})]
    {
        for actor in
            [json!("https://a.example/ann"), json!([{"type": "Person", "id": "https://a.example/ann"}])]
        {
            let like = activity(&json!({
                "id": "https://a.example/likes/1", "type": "Like", "actor": actor, "object": object
            }));

            let Activity::Like(like) = like else { panic!("a like, not {like:?}") };
            assert_eq!(like.actor, url("https://a.example/ann"));
            assert_eq!(like.object, url("https://b.example/notes/1"));
        }
    }
}

#[test]
fn an_undo_carries_what_it_undoes_or_its_id() {
    let undo = |object: Value| {
        let undo = activity(&json!({
            "id": "https://a.example/undo/1", "type": "Undo", "actor": "https://a.example/ann", "object": object
        }));
        let Activity::Undo(undo) = undo else { panic!("an undo, not {undo:?}") };
        undo.object
    };
    let follow = json!({"id": "https://a.example/f/1", "type": "Follow", "actor": "https://a.example/ann", "object": "https://b.example/bob"});
    let reaction = json!({"id": "https://a.example/e/1", "type": "EmojiReact", "content": "🎉"});

    assert!(matches!(undo(follow).object(), Some(Undone::Follow(_))));
    assert!(matches!(undo(reaction).object(), Some(Undone::Other { .. })));
    assert_eq!(undo(json!("https://a.example/f/1")).id(), &url("https://a.example/f/1"));
}

#[test]
fn an_update_tells_posts_from_actors() {
    let update = |object: Value| {
        let update = activity(&json!({
            "id": "https://a.example/u/1", "type": "Update", "actor": "https://a.example/ann", "object": object
        }));
        let Activity::Update(update) = update else { panic!("an update, not {update:?}") };
        update.object
    };
    let post =
        json!({"id": "https://a.example/n/1", "type": "Note", "attributedTo": "https://a.example/ann"});
    let person = json!({"id": "https://a.example/ann", "type": "Person", "preferredUsername": "ann", "inbox": "https://a.example/ann/inbox"});

    assert!(matches!(update(post).object(), Some(Updated::Note(_))));
    assert!(matches!(update(person).object(), Some(Updated::Actor(_))));
}

#[test]
fn a_delete_names_an_actor_a_post_or_a_tombstone() {
    for object in [
        json!("https://a.example/ann"),
        json!({"type": "Tombstone", "id": "https://a.example/ann"}),
        json!({"type": "Note", "id": "https://a.example/ann", "content": "gone"}),
    ] {
        let delete = activity(&json!({
            "id": "https://a.example/d/1", "type": "Delete", "actor": "https://a.example/ann",
            "to": ["https://www.w3.org/ns/activitystreams#Public"], "object": object
        }));
        let Activity::Delete(delete) = delete else { panic!("a delete, not {delete:?}") };
        assert_eq!(delete.object.id(), &url("https://a.example/ann"));
    }
}

#[test]
fn a_flag_names_several_things() {
    let flag = activity(&json!({
        "id": "https://a.example/r/1", "type": "Flag", "actor": "https://a.example/actor", "content": "spam",
        "object": ["https://b.example/bob", {"type": "Note", "id": "https://b.example/n/1"}, 7]
    }));

    let Activity::Flag(flag) = flag else { panic!("a flag, not {flag:?}") };
    assert_eq!(flag.object.len(), 2);
}

#[test]
fn what_is_not_understood_is_told_from_what_is_broken() {
    let unknown = activity(&json!({"type": "Travel", "id": "https://a.example/1"}));
    assert_eq!((unknown.kind(), unknown.id()), ("Travel", None));

    let broken = [
        json!({"type": "Like", "id": "https://a.example/1", "actor": "https://a.example/ann"}),
        json!({"type": "Like", "id": "https://a.example/1", "actor": 7, "object": "https://b.example/1"}),
        json!({"type": "Like", "id": "not a URL", "actor": "https://a.example/ann", "object": "https://b.example/1"}),
        json!({"type": "Like", "actor": "https://a.example/ann", "object": "https://b.example/1"}),
        json!({"type": "Create", "id": "https://a.example/1", "actor": "https://a.example/ann", "object": []}),
        json!({"type": "Create", "id": "https://a.example/1", "actor": "https://a.example/ann",
               "object": {"type": "Chair", "id": "https://a.example/2", "attributedTo": "https://a.example/ann"}}),
        json!({"type": "Create", "id": "https://a.example/1", "actor": "https://a.example/ann",
               "object": {"type": "Note", "id": "https://a.example/2"}}),
    ];
    for value in broken {
        let outcome = read::<Activity>(value.to_string().as_bytes());
        assert!(matches!(outcome, Err(ReadError::Mistyped(_))), "{value}: {outcome:?}");
    }
}

#[test]
fn what_we_write_has_lists_where_readers_expect_them() {
    let written = json!({
        "type": "Note", "id": "https://a.example/n/1", "attributedTo": "https://a.example/ann", "content": "hi",
        "to": "https://www.w3.org/ns/activitystreams#Public"
    });

    let again = serde_json::to_value(note(&written)).expect("writable");

    assert_eq!(
        again,
        json!({
            "type": "Note", "id": "https://a.example/n/1", "attributedTo": "https://a.example/ann", "content": "hi",
            "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [], "tag": [], "attachment": [],
            "sensitive": false
        })
    );
}

#[test]
fn each_activity_is_written_with_its_type_once() {
    let texts = [
        json!({"type": "Follow", "id": "https://a.example/1", "actor": "https://a.example/ann", "object": "https://b.example/bob"}),
        json!({"type": "Block", "id": "https://a.example/1", "actor": "https://a.example/ann", "object": "https://b.example/bob"}),
        json!({"type": "Accept", "id": "https://a.example/1", "actor": "https://a.example/ann", "object": "https://b.example/f/1"}),
        json!({"type": "Undo", "id": "https://a.example/1", "actor": "https://a.example/ann", "object": {
            "type": "Like", "id": "https://a.example/2", "actor": "https://a.example/ann", "object": "https://b.example/n/1"}}),
        json!({"type": "Delete", "id": "https://a.example/1", "actor": "https://a.example/ann", "to": [], "cc": [],
               "object": {"type": "Tombstone", "id": "https://a.example/n/1"}}),
    ];
    for value in texts {
        let written = serde_json::to_string(&activity(&value)).expect("writable");

        assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON"), value);
        let kinds = value.to_string().matches("\"type\"").count();
        assert_eq!(written.matches("\"type\"").count(), kinds, "{written}");
    }
}

/// Mastodon writes lists and numbers, others one option alone, or a truth where a time is expected.
#[test]
fn a_poll_is_read_in_every_shape() {
    let poll = |more: Value| {
        let mut poll = json!({
            "id": "https://m.example/q/1", "type": "as:Question", "attributedTo": "https://m.example/users/ann",
            "content": "<p>Tea?</p>", "to": "as:Public"
        });
        for (name, value) in more.as_object().expect("fields") {
            poll[name] = value.clone();
        }
        note(&poll)
    };
    let yes = json!({"type": "Note", "name": "Yes", "replies": {"type": "Collection", "totalItems": 3}});

    let listed = poll(json!({"oneOf": [yes, {"type": "Note", "name": ["No"]}], "votersCount": 3,
        "endTime": "2026-01-02T03:04:05Z", "closed": "2026-01-02T03:04:05Z"}));
    let alone = poll(
        json!({"as:anyOf": {"@type": "as:Note", "as:name": "Yes", "as:replies": [{"as:totalItems": 3}]},
        "toot:votersCount": 3, "closed": true}),
    );
    let odd = poll(json!({"oneOf": ["https://m.example/1", {"name": 7}, null], "closed": 7, "endTime": [],
        "votersCount": -1}));

    assert_eq!(
        (listed.kind, listed.one_of.len(), listed.one_of[0].votes()),
        (NoteKind::Question, 2, Some(3))
    );
    assert_eq!((listed.one_of[1].name.as_str(), listed.one_of[1].votes()), ("No", None));
    assert!(matches!(listed.closed, Some(super::object::Closed::At(_))) && listed.end_time.is_some());
    assert_eq!((alone.any_of.len(), alone.any_of[0].votes(), alone.voters_count), (1, Some(3), Some(3)));
    assert_eq!(alone.closed, Some(super::object::Closed::Already));
    assert_eq!((odd.one_of.len(), odd.closed, odd.end_time, odd.voters_count), (0, None, None, None));
}

#[test]
fn a_vote_is_told_from_a_post() {
    let vote = json!({"id": "https://m.example/v/1", "type": "Note", "attributedTo": "https://m.example/users/ann",
        "name": "Yes", "inReplyTo": "https://b.example/q/1", "to": "https://b.example/users/bob"});
    let but = |name: &str, value: Value| {
        let mut other = vote.clone();
        other[name] = value;
        note(&other).is_vote()
    };

    assert!(note(&vote).is_vote() && but("content", json!("")) && but("content", Value::Null));
    assert!(!but("content", json!("<p>Yes</p>")) && !but("contentMap", json!({"en": "<p>Yes</p>"})));
    assert!(!but("inReplyTo", Value::Null) && !but("name", Value::Null) && !but("type", json!("Article")));
}

/// Misskey, Pleroma and Akkoma.
#[test]
fn reactions_are_read_in_every_shape() {
    let emoji = json!({"type": "Emoji", "id": null, "name": ":cat:", "icon": {"type": "Image", "url": "https://a.example/cat.png"}});
    for (field, tag) in
        [("content", json!([emoji])), ("content", emoji.clone()), ("_misskey_reaction", emoji.clone())]
    {
        let like = activity(&json!({
            "id": "https://a.example/1", "type": "Like", "actor": "https://a.example/ann",
            "object": {"id": "https://b.example/n/1"}, field: ":cat:", "tag": tag
        }));
        let Activity::Like(like) = like else { panic!("a like, not {like:?}") };
        assert_eq!((like.sign(), like.tag.len()), (Some(":cat:"), 1));
    }
    let react = activity(&json!({
        "@id": "https://a.example/1", "@type": ["as:EmojiReact", "Like"], "as:actor": {"@id": "https://a.example/ann"},
        "as:object": ["https://b.example/n/1"], "as:content": ["🎉"]
    }));
    let Activity::EmojiReact(react) = react else { panic!("a reaction, not {react:?}") };
    assert_eq!((react.content.as_deref(), react.tag.len()), (Some("🎉"), 0));
}

/// WordPress, Lemmy and Misskey.
#[test]
fn articles_pages_and_what_stands_for_content_are_read() {
    let of = |more: Value| {
        let mut article =
            json!({"id": "https://w.example/1", "type": "Article", "attributedTo": "https://w.example/ann"});
        for (name, value) in more.as_object().expect("fields") {
            article[name] = value.clone();
        }
        note(&article)
    };

    let short =
        of(json!({"preview": {"type": "Note", "contentMap": {"en": "<p>short</p>"}}, "name": ["A title"]}));
    let by_id = of(json!({"preview": "https://w.example/1/preview", "source": "typed"}));
    let page = of(
        json!({"type": "Page", "attachment": [{"type": "Link", "href": "https://x.example/"}, {"type": "Chair"}],
        "source": {"content": "typed", "mediaType": "text/markdown"}, "_misskey_content": "typed"}),
    );

    assert_eq!(
        (short.name.as_deref(), short.preview.as_ref().and_then(|it| it.html())),
        (Some("A title"), Some("<p>short</p>"))
    );
    assert!(by_id.preview.is_none() && by_id.source.is_none());
    assert_eq!((page.attachment.len(), page.attachment[0].kind), (1, DocumentKind::Link));
    assert_eq!(page.attachment[0].url, Some(url("https://x.example/")));
    assert_eq!(page.misskey_content.as_deref(), page.source.as_ref().map(|source| source.content.as_str()));
}
