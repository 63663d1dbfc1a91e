//! Samples of what one sets.

use super::Samples;
use super::posts::{bob, time};
use crate::base::id::SessionId;
use crate::web::pages::moving::{Alias, Moving, MovingForm};
use crate::web::pages::settings::{SessionLine, Settings, SettingsForm};
use crate::web::views::wrong;

pub fn settings() -> Samples<Settings> {
    vec![(
        "filled",
        Settings {
            form: SettingsForm {
                display_name: "Ann Weber".into(),
                bio: "Imports, exports, and the map.".into(),
                locked: false,
                discoverable: true,
                indexable: true,
                errors: wrong("current", "This is not your password."),
            },
            login: "ann".into(),
            least: 10,
            sessions: vec![
                SessionLine {
                    id: SessionId(1),
                    browser: "Firefox on Linux".into(),
                    seen: time(0),
                    current: true,
                },
                SessionLine {
                    id: SessionId(2),
                    browser: "Safari on iPhone".into(),
                    seen: time(5_000),
                    current: false,
                },
            ],
        },
    )]
}

pub fn moving() -> Samples<Moving> {
    let alias =
        Alias { uri: "https://sales.example.org/users/ann".into(), name: "@ann@sales.example.org".into() };
    let form = MovingForm {
        target: "ann@people.example.org".into(),
        errors: wrong(
            "target",
            "The account must name the old account as its own first, under Settings there.",
        ),
        ..MovingForm::default()
    };
    vec![
        ("here", Moving { aliases: vec![alias], moved_to: None, form }),
        ("moved", Moving { aliases: vec![], moved_to: Some(bob()), form: MovingForm::default() }),
    ]
}
