//! Samples of a conversation.

use super::Samples;
use super::posts::{ann, bob, chen, composer, layla, long_name, post, posts, sales};
use crate::base::id::StatusId;
use crate::web::pages::thread::Thread;
use crate::web::views::{Composer, Reply, ThreadNews, passage};

pub fn thread() -> Samples<Thread> {
    let reply =
        |n: i64, author, depth, text: &str| Reply { post: post(200 + n, author, 50 - n, text), depth };
    let page = |replies| Thread {
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
    let mut replies = vec![
        reply(0, ann(), 0, "<p>Well done!</p>"),
        reply(1, bob(), 1, "<p>It was your query plan that did it.</p>"),
        reply(
            2,
            layla(),
            2,
            "<p>Can somebody write down how? The next import is in March, and I would like it to be as quiet as this one.</p>",
        ),
        reply(3, ann(), 3, "<p>I will, this afternoon.</p>"),
        reply(
            4,
            long_name(),
            4,
            "<p>Und bitte auch auf Deutsch, Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen.</p>",
        ),
        reply(5, chen(), 0, "<p>Cake on the third floor.</p>"),
    ];
    replies.extend((10..24).map(|n| {
        reply(n, if n % 2 == 0 { bob() } else { ann() }, (n % 5) as u8, "<p>And one more thing.</p>")
    }));
    vec![("many", page(replies)), ("alone", page(vec![]))]
}
