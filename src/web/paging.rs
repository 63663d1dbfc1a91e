//! From page to page: what the address says, and the links to the neighbours.

use serde::Deserialize;

use super::views::Pager;
use crate::base::page::Page;

/// What the address says.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Paging {
    /// Older than this.
    pub max_id: Option<i64>,
    /// Newer than this, those next to it.
    pub min_id: Option<i64>,
    /// For lists by name: so many are left out.
    pub offset: Option<i64>,
}

impl Paging {
    /// For a query.
    pub fn page(&self, limit: i64) -> Page {
        Page { max_id: self.max_id, since_id: None, min_id: self.min_id, limit }
    }

    /// Whether this is where the list begins.
    pub fn is_first(&self) -> bool {
        self.max_id.is_none() && self.min_id.is_none() && self.offset.unwrap_or(0) == 0
    }

    /// Links for a list by time: `span` is the newest and the oldest id of it, `full` whether more may follow.
    pub fn by_time(&self, path: &str, span: Option<(i64, i64)>, full: bool) -> Pager {
        let Some((newest, oldest)) = span else {
            let newer = (!self.is_first()).then(|| path.to_owned());
            return Pager { newer, older: None };
        };
        let may_be_newer = self.max_id.is_some() || (self.min_id.is_some() && full);
        let may_be_older = full || self.min_id.is_some();
        Pager {
            newer: may_be_newer.then(|| format!("{path}?min_id={newest}")),
            older: may_be_older.then(|| format!("{path}?max_id={oldest}")),
        }
    }

    /// Links for a list by name: `path` has a query already or none.
    pub fn by_name(&self, path: &str, limit: i64, full: bool) -> Pager {
        let offset = self.from();
        let join = if path.contains('?') { '&' } else { '?' };
        let link =
            |offset: i64| if offset == 0 { path.to_owned() } else { format!("{path}{join}offset={offset}") };
        Pager {
            newer: (offset > 0).then(|| link((offset - limit).max(0))),
            older: full.then(|| link(offset + limit)),
        }
    }

    /// How many are left out; never negative, never endless.
    pub fn from(&self) -> i64 {
        self.offset.unwrap_or(0).clamp(0, 100_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_has_no_newer_one() {
        let pager = Paging::default().by_time("/", Some((9, 5)), true);
        assert_eq!((pager.newer, pager.older.as_deref()), (None, Some("/?max_id=5")));
    }

    #[test]
    fn the_last_page_has_no_older_one() {
        let paging = Paging { max_id: Some(10), ..Paging::default() };
        let pager = paging.by_time("/", Some((9, 5)), false);
        assert_eq!((pager.newer.as_deref(), pager.older), (Some("/?min_id=9"), None));
    }

    #[test]
    fn a_page_after_the_end_leads_back() {
        let paging = Paging { max_id: Some(1), ..Paging::default() };
        assert_eq!(paging.by_time("/", None, false).newer.as_deref(), Some("/"));
    }
}
