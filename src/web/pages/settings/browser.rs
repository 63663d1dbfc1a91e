//! What a browser is called, from what it says it is.

use serde::Serialize;

/// A browser and what it runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Browser {
    /// As in "Firefox".
    pub program: Option<&'static str>,
    /// As in "Linux".
    pub system: Option<&'static str>,
}

impl Browser {
    /// From what it says it is.
    pub fn of(user_agent: &str) -> Self {
        let first_of = |known: &[(&str, &'static str)]| {
            known.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
        };
        let program = first_of(&[
            ("Edg", "Edge"),
            ("OPR", "Opera"),
            ("Firefox", "Firefox"),
            ("FxiOS", "Firefox"),
            ("Chrome", "Chrome"),
            ("CriOS", "Chrome"),
            ("Safari", "Safari"),
        ]);
        let system = first_of(&[
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS", "Mac"),
            ("Linux", "Linux"),
        ]);
        Self { program, system }
    }
}

#[cfg(test)]
mod tests {
    use super::Browser;

    #[test]
    fn a_browser_is_called_by_its_name() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assert_eq!(Browser::of(chrome), Browser { program: Some("Chrome"), system: Some("Linux") });
        assert_eq!(Browser::of("curl/8"), Browser::default());
    }
}
