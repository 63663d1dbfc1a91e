//! What was wrong in a form, by field.

use std::collections::BTreeMap;

/// A message for each field that could not be taken; `form` stands for the whole.
pub type Errors = BTreeMap<&'static str, String>;

/// One message.
pub fn wrong(field: &'static str, problem: impl Into<String>) -> Errors {
    BTreeMap::from([(field, problem.into())])
}
