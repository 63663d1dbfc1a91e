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

/// The sentence for these sites, named as people call them: those that have the post, those that get it later, and
/// those that will not have it. `None` if it went nowhere.
pub fn sentence(reached: &[String], waiting: &[String], refused: &[String]) -> Option<String> {
    let all = reached.len() + waiting.len() + refused.len();
    let mut said = match (reached.len(), all) {
        (_, 0) => return None,
        (1, 1) => format!("Reached {}.", reached[0]),
        (0, 1) => String::new(),
        (0, _) => format!("Reached none of {all} sites yet."),
        (count, all) if count == all => format!("Reached all {all} sites."),
        (count, all) => format!("Reached {count} of {all} sites."),
    };
    let mut add = |text: String| {
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(&text);
    };
    match waiting {
        [] => {}
        [one] => add(format!("{one} does not have it yet and gets it as soon as it answers.")),
        many => add(format!("{} do not have it yet and get it as soon as they answer.", listed(many))),
    }
    match refused {
        [] => {}
        [one] => add(format!("{one} did not take it.")),
        many => add(format!("{} did not take it.", listed(many))),
    }
    Some(said)
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
        let said = |reached, waiting, refused| sentence(&names(reached), &names(waiting), &names(refused));

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
}
