//! The collections of a conversation: the answers to a post, and all posts of a thread.

use serde::Serialize;
use serde_json::Value;
use url::Url;

use super::reference::id_of;

/// The answers to a post, as this site knows them and the reader may read them. How many there are is not said.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-replies>
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "Collection", rename_all = "camelCase")]
pub struct Replies {
    pub id: Url,
    pub first: Url,
}

/// A page of [`Replies`]: ids, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "CollectionPage", rename_all = "camelCase")]
pub struct RepliesPage {
    pub id: Url,
    pub part_of: Url,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Url>,
    pub items: Vec<Url>,
}

/// All posts of a thread, kept by the site at which it began.
///
/// Spec: <https://codeberg.org/fediverse/fep/src/branch/main/fep/7888/fep-7888.md> and
/// <https://codeberg.org/fediverse/fep/src/branch/main/fep/f228/fep-f228.md>
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "OrderedCollection", rename_all = "camelCase")]
pub struct Thread {
    pub id: Url,
    /// Who began it.
    pub attributed_to: Url,
    pub first: Url,
}

/// A page of [`Thread`]: ids, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "OrderedCollectionPage", rename_all = "camelCase")]
pub struct ThreadPage {
    pub id: Url,
    pub part_of: Url,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Url>,
    pub ordered_items: Vec<Url>,
}

/// A collection or a page of one, of any site: what it lists and where it goes on. Whatever of it cannot be read is
/// left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    pub items: Vec<Item>,
    /// Its own id, if it has one.
    pub id: Option<Url>,
    /// The first page or the next, by address or whole.
    pub next: Option<Value>,
}

/// What a collection of posts lists.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Id(Url),
    Object { id: Url, value: Value },
}

impl Item {
    pub fn id(&self) -> &Url {
        match self {
            Self::Id(id) | Self::Object { id, .. } => id,
        }
    }
}

impl Listing {
    /// Reads one; `None` if it is nothing of the kind. At most `most` items are taken.
    ///
    /// Hubzilla and Streams list activities: of a `Create` its object counts.
    pub fn read(value: &Value, most: usize) -> Option<Self> {
        let kind = value.get("type")?.as_str()?;
        let is_page = matches!(kind, "CollectionPage" | "OrderedCollectionPage");
        if !is_page && !matches!(kind, "Collection" | "OrderedCollection") {
            return None;
        }
        let listed = ["orderedItems", "items"].into_iter().filter_map(|name| value.get(name));
        let items = listed.flat_map(one_or_all).filter_map(item).take(most).collect();
        let next = value.get(if is_page { "next" } else { "first" }).filter(|next| !next.is_null());
        Some(Self { items, id: id_of(value), next: next.cloned() })
    }
}

fn one_or_all(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        one => std::slice::from_ref(one),
    }
}

fn item(value: &Value) -> Option<Item> {
    match value.get("type").and_then(Value::as_str) {
        None => id_of(value).map(Item::Id),
        Some("Create") => {
            let object = value.get("object")?;
            if object.get("type").and_then(Value::as_str) == Some("Create") { None } else { item(object) }
        }
        Some("Note" | "Question" | "Article" | "Page" | "Event" | "Image" | "Audio" | "Video") => {
            id_of(value).map(|id| Item::Object { id, value: value.clone() })
        }
        Some("Link") => {
            let href = value.get("href")?.as_str()?;
            Url::parse(href).ok().map(Item::Id)
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ids(value: &Value) -> Option<Vec<String>> {
        let listing = Listing::read(value, 5)?;
        Some(listing.items.iter().map(|item| item.id().path().to_owned()).collect())
    }

    #[test]
    fn collections_are_read_in_every_shape() {
        let at = |path: &str| format!("https://a.example{path}");
        let note = json!({ "type": "Note", "id": at("/2") });
        for (value, paths) in [
            (json!({ "type": "Collection", "items": [at("/1"), note] }), &["/1", "/2"][..]),
            (json!({ "type": "OrderedCollection", "orderedItems": at("/1") }), &["/1"]),
            (json!({ "type": "CollectionPage", "items": { "id": at("/1") } }), &["/1"]),
            (
                json!({ "type": "OrderedCollectionPage", "orderedItems": [{ "type": "Create", "object": note }] }),
                &["/2"],
            ),
            (json!({ "type": "Collection", "items": [{ "type": "Link", "href": at("/3") }] }), &["/3"]),
            (
                json!({ "type": "Collection", "items": [7, null, [], {}, "no address", { "type": "Like", "id": at("/4") }] }),
                &[],
            ),
            (json!({ "type": "Collection" }), &[]),
        ] {
            let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
            assert_eq!(ids(&value), Some(paths), "{value}");
        }
    }

    #[test]
    fn what_is_no_collection_is_none() {
        for value in
            [json!(7), json!([]), json!({}), json!({ "type": "Note" }), json!({ "type": ["Collection"] })]
        {
            assert_eq!(ids(&value), None, "{value}");
        }
    }

    #[test]
    fn a_huge_page_is_cut() {
        let items: Vec<String> = (0..1000).map(|number| format!("https://a.example/{number}")).collect();

        assert_eq!(ids(&json!({ "type": "Collection", "items": items })).map(|ids| ids.len()), Some(5));
    }

    #[test]
    fn a_collection_goes_on_with_its_first_page_and_a_page_with_the_next() {
        let next = |value: Value| Listing::read(&value, 5).and_then(|listing| listing.next);

        assert_eq!(next(json!({ "type": "Collection", "first": "a", "next": "b" })), Some(json!("a")));
        assert_eq!(next(json!({ "type": "CollectionPage", "first": "a", "next": "b" })), Some(json!("b")));
        assert_eq!(next(json!({ "type": "CollectionPage", "next": null })), None);
    }
}
