//! One line of text from elsewhere: a display name, a title, the name of a field.

use super::scan::is_direction_mark;

/// `text` on one line without control characters and marks that turn the direction of writing (which let a
/// name take the look of another one, or spill over what stands beside it), at most `max` characters long.
///
/// ```
/// # use breezeway::base::text::clean_line;
/// assert_eq!(clean_line(" Ann\n\u{202e}Smith ", 30), "Ann Smith");
/// ```
pub fn clean_line(text: &str, max: usize) -> String {
    let mut line = String::new();
    let kept = text.chars().filter(|c| c.is_whitespace() || !(c.is_control() || is_direction_mark(*c)));
    for (count, c) in kept.take(max.saturating_mul(4)).enumerate() {
        if count == 0 && c.is_whitespace() {
            continue;
        }
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    let cut: String = line.chars().take(max).collect();
    cut.trim_end().to_owned()
}
