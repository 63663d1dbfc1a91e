//! Names with brackets, as Rails reads them, become a tree: `poll[options][]=a` is `{"poll": {"options": ["a"]}}`.

use serde_json::{Map, Value};

/// Deeper names are not meant for us.
const DEEPEST: usize = 6;

/// Puts a value where its name says. A name that contradicts what is there already is passed over.
pub fn insert(tree: &mut Map<String, Value>, name: &str, value: String) {
    let path = path_of(name);
    if let [first, rest @ ..] = path.as_slice()
        && path.len() <= DEEPEST
    {
        let place = tree.entry((*first).to_owned()).or_insert(Value::Null);
        put(place, rest, value);
    }
}

/// `a[b][]` → `a`, `b`, (empty). A name whose brackets do not fit stays whole.
fn path_of(name: &str) -> Vec<&str> {
    let Some((first, rest)) = name.split_once('[') else { return vec![name] };
    let Some(inside) = rest.strip_suffix(']') else { return vec![name] };
    std::iter::once(first).chain(inside.split("][")).collect()
}

fn put(place: &mut Value, path: &[&str], value: String) {
    match path {
        [] => *place = Value::String(value),
        ["", rest @ ..] => {
            if place.is_null() {
                *place = Value::Array(Vec::new());
            }
            if let Value::Array(items) = place {
                put_item(items, rest, value);
            }
        }
        [name, rest @ ..] => {
            if place.is_null() {
                *place = Value::Object(Map::new());
            }
            if let Value::Object(members) = place {
                put(members.entry((*name).to_owned()).or_insert(Value::Null), rest, value);
            }
        }
    }
}

/// `fields[][name]`, `fields[][value]`: a name that the last item has already begins the next item.
fn put_item(items: &mut Vec<Value>, rest: &[&str], value: String) {
    let goes_on = match (rest.first(), items.last()) {
        (Some(name), Some(Value::Object(last))) => !last.contains_key(*name),
        _ => false,
    };
    if !goes_on {
        items.push(Value::Null);
    }
    if let Some(last) = items.last_mut() {
        put(last, rest, value);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree(pairs: &[(&str, &str)]) -> Value {
        let mut tree = Map::new();
        for (name, value) in pairs {
            insert(&mut tree, name, (*value).to_owned());
        }
        Value::Object(tree)
    }

    #[test]
    fn brackets_make_lists_and_members() {
        assert_eq!(
            tree(&[("status", "hi"), ("media_ids[]", "1"), ("media_ids[]", "2"), ("poll[options][]", "a")]),
            json!({ "status": "hi", "media_ids": ["1", "2"], "poll": { "options": ["a"] } })
        );
    }

    #[test]
    fn a_repeated_member_begins_the_next_item() {
        assert_eq!(
            tree(&[("f[][name]", "a"), ("f[][value]", "b"), ("f[][name]", "c")]),
            json!({ "f": [{ "name": "a", "value": "b" }, { "name": "c" }] })
        );
        assert_eq!(
            tree(&[("f[0][name]", "a"), ("f[1][name]", "b")]),
            json!({ "f": { "0": { "name": "a" }, "1": { "name": "b" } } })
        );
    }

    #[test]
    fn odd_names_change_nothing_else() {
        assert_eq!(tree(&[("a[b", "1"), ("c", "2"), ("c[d]", "3")]), json!({ "a[b": "1", "c": "2" }));
        assert_eq!(tree(&[("a[b][c][d][e][f][g]", "1")]), json!({}));
    }
}
