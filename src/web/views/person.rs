//! A person, as a name, a face and, if they are of another site, that site's chip.

use serde::Serialize;

use crate::base::id::AccountId;

/// A person, in a line.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// Ours.
    pub id: AccountId,
    /// The display name, or the short name.
    pub name: String,
    /// As in `@ann` or `@bob@sales.example.org`.
    pub handle: String,
    /// The page here.
    pub url: String,
    /// The photo, if there is one.
    pub avatar: Option<String>,
    /// Instead of a photo.
    pub initials: String,
    /// Which of the eight hues stands behind the initials.
    pub hue: u8,
    /// Of another site.
    pub site: Option<SiteChip>,
}

/// A department, in a word.
#[derive(Clone, Debug, Serialize)]
pub struct SiteChip {
    /// As people call it.
    pub name: String,
    /// As programs call it; the colour in `theme.css` is found by it.
    pub host: String,
}

/// How the reader stands to a person. `None` in its place: it is the reader.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Tie {
    /// The reader follows them.
    pub following: bool,
    /// The reader asked to.
    pub requested: bool,
    /// They follow the reader.
    pub followed_by: bool,
    /// The reader does not want to hear them.
    pub muting: bool,
    /// The reader wants nothing to do with them.
    pub blocking: bool,
}

/// A person in a list.
#[derive(Clone, Debug, Serialize)]
pub struct PersonRow {
    /// The person.
    pub person: Person,
    /// How the reader stands to them.
    pub tie: Option<Tie>,
    /// The beginning of what they say about themselves, as plain text.
    pub bio: String,
}

/// The letters that stand for a face: of the first and of the last word.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        assert_eq!(initials("Ann Marie (Ops) Weber"), "AW");
        assert_eq!(initials("cher"), "C");
        assert_eq!(initials("🙂"), "");
    }
}
