//! Collections of other sites, page by page: endless, circular, huge and mistyped ones end soon.

use serde_json::Value;
use url::Url;

use super::walk::Walk;
use crate::activitystreams::thread::{Item, Listing};
use crate::base::Result;
use crate::federation::origin::same_origin;

/// Pages that are read of one collection.
const PAGES: usize = 10;

/// Items that are read of one page; more are left out.
const ITEMS_OF_PAGE: usize = 100;

/// Items that are read of one collection.
const ITEMS: usize = 400;

impl Walk<'_> {
    /// What the collection lists that `start` names or contains. It is `owner`'s site that says so: pages of
    /// another site are not read. None if there is no such collection, or it cannot be had.
    pub(super) async fn list(&mut self, start: &Value, owner: &Url) -> Result<Option<Vec<Item>>> {
        let mut items = None;
        let mut next = Some(start.clone());
        for _ in 0..PAGES {
            let Some(listing) = self.page(next.take(), owner).await? else { break };
            let items: &mut Vec<Item> = items.get_or_insert_default();
            items.extend(listing.items);
            items.truncate(ITEMS);
            if items.len() == ITEMS {
                break;
            }
            next = listing.next;
        }
        Ok(items)
    }

    async fn page(&mut self, page: Option<Value>, owner: &Url) -> Result<Option<Listing>> {
        let Some(page) = page else { return Ok(None) };
        if let Some(listing) = Listing::read(&page, ITEMS_OF_PAGE) {
            return Ok(Some(listing));
        }
        let text = page.as_str().or_else(|| page.get("id")?.as_str()).unwrap_or_default();
        let Some(address) = Url::parse(text).ok().filter(|address| same_origin(address, owner)) else {
            return Ok(None);
        };
        let document = self.document(&address, false).await?;
        Ok(document.and_then(|document| Listing::read(&document.value, ITEMS_OF_PAGE)))
    }
}
