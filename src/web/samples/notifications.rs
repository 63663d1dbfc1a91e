//! Samples of the news.

use super::posts::{bob, chen, layla, long_name, time};
use super::{Samples, pager};
use crate::base::id::AccountId;
use crate::web::pages::notifications::{News, Notifications};
use crate::web::views::{Pager, Person};

pub fn notifications() -> Samples<Notifications> {
    let news = |icon, people: Vec<Person>, what, excerpt: &str, minutes| News {
        icon,
        others: people.len() - 1,
        people,
        what,
        at: time(minutes),
        excerpt: excerpt.into(),
        href: (!excerpt.is_empty()).then(|| "/@ann/102".into()),
        fresh: minutes < 100,
        request: None,
    };
    let full = Notifications {
        news: vec![
            news("reply", vec![bob()], "replied to you", "It was your query plan that did it.", 3),
            news(
                "heart",
                vec![chen(), bob(), layla()],
                "liked your post",
                "Release train leaves at 15:00. What is not merged by then waits until Thursday.",
                20,
            ),
            News {
                request: Some(AccountId(4)),
                ..news("user-plus", vec![long_name()], "asks to follow you", "", 60)
            },
            news("user-plus", vec![layla()], "follows you", "", 400),
            news("repeat-2", vec![bob()], "reposted your post", "Release train leaves at 15:00.", 3_000),
            News { href: Some("/desk".into()), ..news("flag", vec![chen()], "reported somebody", "", 4_000) },
        ],
        pager: pager(),
    };
    vec![("full", full), ("empty", Notifications { news: vec![], pager: Pager::default() })]
}
