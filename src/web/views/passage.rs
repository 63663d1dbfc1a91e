//! How far a post came on its way to other sites: in plain words for its author, in full for administrators.

use serde::Serialize;

use super::SiteChip;

/// How far a post came.
#[derive(Clone, Debug, Serialize)]
pub struct Way {
    /// As in "Reached 3 of 4 sites. Sales does not answer now and gets it later."
    pub sentence: String,
    /// Whether it is everywhere where it belongs.
    pub whole: bool,
    /// Each step to each site; for administrators.
    pub steps: Vec<WayStep>,
}

/// A step to a site.
#[derive(Clone, Debug, Serialize)]
pub struct WayStep {
    /// To where.
    pub site: SiteChip,
    /// As in "Create".
    pub kind: String,
    /// As in "arrived 2 January 2026, 03:04 UTC".
    pub text: String,
}

/// How far a post came at which sites, named as people call them.
#[derive(Clone, Debug, Default)]
pub struct Came {
    /// They have it.
    pub reached: Vec<String>,
    /// They get it later.
    pub waiting: Vec<String>,
    /// They have not answered for as long as we are patient, and get it if they come back.
    pub away: Vec<String>,
    /// They said that they will not have it.
    pub refused: Vec<String>,
    /// This site does not speak with them any more.
    pub stopped: Vec<String>,
    /// It was given up and thrown away, for whatever reason.
    pub given_up: Vec<String>,
}

impl Came {
    /// Whether it is everywhere where it belongs.
    pub fn is_whole(&self) -> bool {
        [&self.waiting, &self.away, &self.refused, &self.stopped, &self.given_up]
            .iter()
            .all(|names| names.is_empty())
    }

    /// As in "Reached 3 of 4 sites. Sales did not take it." `None` if it went nowhere.
    pub fn sentence(&self) -> Option<String> {
        let missing = [
            (
                &self.waiting,
                "does not have it yet and gets it as soon as it answers",
                "do not have it yet and get it as soon as they answer",
            ),
            (
                &self.away,
                "has not answered for long and gets it when it is back",
                "have not answered for long and get it when they are back",
            ),
            (&self.refused, "did not take it", "did not take it"),
            (
                &self.stopped,
                "does not get it, since this site no longer speaks with it",
                "do not get it, since this site no longer speaks with them",
            ),
            (&self.given_up, "never got it: that was given up", "never got it: that was given up"),
        ];
        let reached = self.reached.len();
        let all = reached + missing.iter().map(|(names, ..)| names.len()).sum::<usize>();
        let mut said = match (reached, all) {
            (_, 0) => return None,
            (1, 1) => vec![format!("Reached {}.", self.reached[0])],
            (0, 1) => Vec::new(),
            (0, _) => vec![format!("Reached none of {all} sites yet.")],
            (count, all) if count == all => vec![format!("Reached all {all} sites.")],
            (count, all) => vec![format!("Reached {count} of {all} sites.")],
        };
        said.extend(missing.into_iter().filter(|(names, ..)| !names.is_empty()).map(|(names, one, many)| {
            let what = if names.len() == 1 { one } else { many };
            format!("{} {what}.", listed(names))
        }));
        Some(said.join(" "))
    }
}

/// At most three by name.
fn listed(names: &[String]) -> String {
    match names {
        [a, b] => format!("{a} and {b}"),
        [a, b, c] => format!("{a}, {b} and {c}"),
        [a, b, rest @ ..] => format!("{a}, {b} and {} others", rest.len()),
        [one] => one.clone(),
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_of_a_post_is_said_in_plain_words() {
        let names = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let said = |reached, waiting, refused| {
            let came = Came {
                reached: names(reached),
                waiting: names(waiting),
                refused: names(refused),
                ..Came::default()
            };
            came.sentence()
        };

        assert_eq!(said("", "", ""), None);
        assert_eq!(said("Sales", "", "").as_deref(), Some("Reached Sales."));
        assert_eq!(said("Sales People", "", "").as_deref(), Some("Reached all 2 sites."));
        assert_eq!(
            said("People Legal Lab", "Sales", "").as_deref(),
            Some("Reached 3 of 4 sites. Sales does not have it yet and gets it as soon as it answers.")
        );
        assert_eq!(
            said("", "Sales", "").as_deref(),
            Some("Sales does not have it yet and gets it as soon as it answers.")
        );
        assert_eq!(
            said("", "A B C D", "E").as_deref(),
            Some(
                "Reached none of 5 sites yet. A, B and 2 others do not have it yet and get it as soon as they answer. \
                 E did not take it."
            )
        );
    }

    #[test]
    fn who_was_not_there_did_not_refuse() {
        let one = || vec!["Sales".to_owned()];
        for (came, expected) in [
            (Came { refused: one(), ..Came::default() }, "Sales did not take it."),
            (
                Came { away: one(), ..Came::default() },
                "Sales has not answered for long and gets it when it is back.",
            ),
            (
                Came { stopped: one(), ..Came::default() },
                "Sales does not get it, since this site no longer speaks with it.",
            ),
            (Came { given_up: one(), ..Came::default() }, "Sales never got it: that was given up."),
        ] {
            assert_eq!(came.sentence().as_deref(), Some(expected));
            assert!(!came.is_whole());
        }
    }
}
