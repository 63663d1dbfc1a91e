//! Who plays: departments and their people.

/// The password of everybody. The demo listens on loopback only and forgets all at its end.
pub const PASSWORD: &str = "across the breezeway";

/// A department and its people.
#[derive(Debug)]
pub struct DepartmentCast {
    pub key: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    pub colour: &'static str,
    /// The first one runs the site.
    pub people: &'static [PersonCast],
}

/// Somebody.
#[derive(Debug)]
pub struct PersonCast {
    pub username: &'static str,
    pub name: &'static str,
    pub bio: &'static str,
    /// Which face is drawn.
    pub face: u64,
}

const fn person(username: &'static str, name: &'static str, bio: &'static str, face: u64) -> PersonCast {
    PersonCast { username, name, bio, face }
}

/// All of them.
pub const DEPARTMENTS: &[DepartmentCast] = &[
    DepartmentCast {
        key: "engineering",
        name: "Engineering",
        description: "We build it, and we are on call for it.",
        colour: "#2f5d8a",
        people: &[
            person("ann", "Ann Okafor", "Platform lead. Ask me about builds, queues and sourdough.", 11),
            person("bela", "Béla Novák", "Storage and everything that must not get lost.", 24),
            person("mei", "Mei Tanaka", "Front end. I count pixels so that you need not.", 37),
        ],
    },
    DepartmentCast {
        key: "sales",
        name: "Sales",
        description: "We listen to customers first and talk second.",
        colour: "#a8451f",
        people: &[
            person(
                "carla",
                "Carla Reyes",
                "Accounts in the south. I collect the questions customers ask twice.",
                42,
            ),
            person("dov", "Dov Lindqvist", "New markets. Mostly on trains.", 58),
            person("sunita", "Sunita Rao", "Demos, proposals, and the numbers behind them.", 63),
        ],
    },
    DepartmentCast {
        key: "people",
        name: "People",
        description: "Joining, growing, leaving well: we are there.",
        colour: "#2f6f4f",
        people: &[
            person("fatima", "Fatima Haddad", "Head of People. My door is a link, and it is open.", 71),
            person("jonas", "Jonas Weber", "Onboarding. I know where everything is.", 85),
            person("lena", "Lena Kowalska", "Workplace: desks, plants, the roof terrace.", 96),
        ],
    },
];
