//! Samples of a conversation.

use super::Samples;
use super::posts::{ann, bob, chen, composer, layla, long_name, post, posts, sales};
use crate::base::id::StatusId;
use crate::web::pages::thread::Thread;
use crate::web::views::{Composer, Reply, ThreadNews, passage};

pub fn thread() -> Samples<Thread> {
    let reply = |n: i64, author, replies: Vec<Reply>, text: &str| {
        let below = replies.iter().map(|inside| inside.below + 1).sum();
        let post = post(200 + n, author, 50 - n, text);
        let folded = format!("{below} replies from Bob Okafor, Ann Lee");
        Reply { post, fresh: n % 3 == 0, open: n != 5, folded, replies, below, further: None }
    };
    let page = |replies: Vec<Reply>| Thread {
        title: "Post of Bob Okafor".into(),
        missing_above: true,
        above: vec![post(99, chen(), 500, "<p>Is anything new from Graz?</p>")],
        post: posts().remove(0),
        way: Some(passage::Way {
            sentence: "Reached 3 of 4 sites. Sales does not have it yet and gets it as soon as it answers."
                .into(),
            whole: false,
            steps: sales()
                .map(|site| passage::WayStep {
                    site,
                    kind: "Create".into(),
                    text: "waits, next attempt 2 January 2026, 03:04 UTC: 503 Service Unavailable".into(),
                })
                .into_iter()
                .collect(),
        }),
        composer: Some(Composer {
            key: "reply",
            label: "compose-reply",
            placeholder: "compose-reply",
            to: "Bob Okafor".into(),
            reply_to: Some(StatusId(7)),
            button: "compose-do-reply",
            ..composer()
        }),
        count: replies.iter().map(|inside| inside.below + 1).sum(),
        fresh: replies.len().min(3),
        first_fresh: (!replies.is_empty()).then(|| "#p200".into()),
        people: vec![bob(), chen(), ann(), long_name()],
        conversation: StatusId(7),
        replies,
        further_up: Some("/@bob/3".into()),
        cut_below: true,
        news: vec![
            ThreadNews {
                text: "Looking for more replies at Sales and People…".into(),
                href: Some("/@bob/7?since=1".into()),
                label: "Show what has arrived",
                poll: Some("/threads/0123456789abcdef".into()),
            },
            ThreadNews {
                text: "2 replies at Sales could not be reached yet.".into(),
                ..ThreadNews::default()
            },
        ],
    };
    let german =
        "<p>Und bitte auch auf Deutsch, Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen.</p>";
    let deepest =
        Reply { below: 7, further: Some("/@bob/204".into()), ..reply(4, long_name(), vec![], german) };
    let deep = reply(3, ann(), vec![deepest], "<p>I will, this afternoon.</p>");
    let how = "<p>Can somebody write down how? The next import is in March, and I would like it to be as quiet as this one.</p>";
    let deep = reply(2, layla(), vec![deep], how);
    let deep = reply(1, bob(), vec![deep], "<p>It was your query plan that did it.</p>");
    let more =
        |n: i64| reply(n, if n % 2 == 0 { bob() } else { ann() }, vec![], "<p>And one more thing.</p>");
    let replies = vec![
        reply(0, ann(), vec![deep], "<p>Well done!</p>"),
        reply(5, chen(), (10..16).map(more).collect(), "<p>Cake on the third floor.</p>"),
        more(20),
        more(21),
    ];
    vec![("many", page(replies)), ("alone", page(vec![]))]
}
