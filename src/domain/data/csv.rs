//! Tables as text (RFC 4180), as Mastodon writes and reads them.

/// Writes one row.
pub fn write_row<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r'])
            || cell.starts_with([' ', '\t'])
            || cell.ends_with([' ', '\t'])
        {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push('\n');
}

/// The rows of a table. Takes whatever there is: a quotation mark that is never closed ends with the text. Rows without
/// any letter are left out.
pub fn read(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {}
            '\n' | '\r' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    row.push(cell);
    rows.push(row);
    rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_table_of_mastodon_is_read() {
        let rows = read(
            "\u{feff}Account address,Show boosts\r\nann@sales.example.org,true\r\n\r\n\"a \"\"b\"\", c\",false",
        );

        assert_eq!(
            rows,
            [["Account address", "Show boosts"], ["ann@sales.example.org", "true"], ["a \"b\", c", "false"]]
        );
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(rows in prop::collection::vec(prop::collection::vec("[^\u{feff}]*", 1..4), 0..5)) {
            let rows: Vec<Vec<String>> = rows
                .into_iter()
                .filter(|row: &Vec<String>| row.iter().any(|cell| !cell.trim().is_empty()))
                .collect();
            let mut text = String::new();
            for row in &rows {
                write_row(&mut text, row.iter().map(String::as_str));
            }
            prop_assert_eq!(read(&text), rows);
        }

        #[test]
        fn anything_is_read(text in ".*") {
            read(&text);
        }
    }
}
