//! "Did you mean": words that are nearly the one that was typed.

/// The words that differ from `word` by at most two letters, or a third of its letters if it is long, and by less than
/// half of the longer of the two; the nearest first; three at most.
pub fn near<'a>(word: &str, known: &'a [String]) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let bound = (word.chars().count() / 3).max(2);
    let mut found: Vec<(usize, &str)> = known
        .iter()
        .map(|other| (distance(&word, &other.to_lowercase()), other.as_str()))
        .filter(|(distance, other)| {
            *distance <= bound && 2 * distance < other.chars().count().max(word.chars().count())
        })
        .collect();
    found.sort_unstable();
    found.into_iter().take(3).map(|(_, other)| other).collect()
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        let known = ["ann", "annika", "bob", "carla"].map(str::to_owned);

        assert_eq!(near("Anikka", &known), ["annika"]);
        assert_eq!(near("carlo", &known), ["carla"]);
        assert_eq!(near("anna", &known), ["ann", "annika"]);
        assert!(near("zoe", &known).is_empty());
    }
}
