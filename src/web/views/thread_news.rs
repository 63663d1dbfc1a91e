//! What a thread's page says about posts that are still to come.

use serde::Serialize;

use super::super::state::Sites;
use crate::base::Millis;
use crate::domain::statuses::Status;
use crate::domain::statuses::context::Context;
use crate::domain::statuses::threads::LookUp;

/// A line about what is still to come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ThreadNews {
    /// In a sentence.
    pub text: String,
    /// Where to go.
    pub href: Option<String>,
    /// What the way there says.
    pub label: &'static str,
    /// Where a script may ask whether it is done.
    pub poll: Option<String>,
}

/// At most so many sites are named in one line.
const NAMED: usize = 2;

impl ThreadNews {
    /// Somebody is looking: at whose sites, and where to ask again.
    pub fn looking(look: &LookUp, around: &[&str], sites: &Sites, page: &str, now: Millis) -> Self {
        let names: Vec<String> =
            around.iter().filter_map(|host| sites.chip(host)).map(|chip| chip.name).collect();
        Self {
            text: format!("Looking for more replies{}…", at(&names)),
            href: Some(format!("{page}?since={}", now.0)),
            label: "Show what has arrived",
            poll: Some(format!("/threads/{}", look.token)),
        }
    }

    /// What arrived, as far as the reader may read it. `around`: what the page shows of it.
    pub fn arrived(arrived: &[Status], around: Option<&Context>) -> Self {
        let replies = arrived.iter().filter(|status| status.in_reply_to_uri.is_some()).count();
        let (text, label) = match (replies, arrived.len()) {
            (0, 0) => ("No more replies were found.".to_owned(), ""),
            (0, _) => ("The beginning of this conversation has arrived.".to_owned(), "Show it"),
            (1, _) => ("1 more reply has arrived.".to_owned(), "Show it"),
            (many, _) => (format!("{many} more replies have arrived."), "Show them"),
        };
        let shown = around.and_then(|around| {
            let views = around.descendants.iter().chain(&around.ancestors);
            views.map(|view| view.status.id).find(|id| arrived.iter().any(|status| status.id == *id))
        });
        Self { text, href: shown.map(|id| format!("#p{id}")), label, poll: None }
    }

    /// What could not be reached, a line for each site.
    pub fn unreached(look: &LookUp, sites: &Sites) -> Vec<Self> {
        let line = |host: &str, posts: usize| {
            let name = sites.chip(host).map_or_else(|| host.to_owned(), |chip| chip.name);
            match posts {
                0 => format!("{name} could not be reached yet; there may be more replies there."),
                1 => format!("1 reply at {name} could not be reached yet."),
                many => format!("{many} replies at {name} could not be reached yet."),
            }
        };
        let sites = look.unreachable().into_iter();
        sites.map(|site| Self { text: line(&site.host, site.posts.len()), ..Self::default() }).collect()
    }
}

fn at(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!(" at {one}"),
        [one, other] => format!(" at {one} and {other}"),
        more => format!(" at {} and other sites", more[..NAMED].join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_are_named_while_they_are_few() {
        let names = |names: &[&str]| at(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());

        assert_eq!(names(&[]), "");
        assert_eq!(names(&["Sales"]), " at Sales");
        assert_eq!(names(&["Sales", "People"]), " at Sales and People");
        assert_eq!(names(&["Sales", "People", "Legal"]), " at Sales, People and other sites");
    }
}
