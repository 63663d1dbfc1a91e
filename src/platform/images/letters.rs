//! Letters made of strokes, so that two of them can be drawn without a font.

/// The strokes of a capital letter or digit, as points between 0 and 4 (right) and 0 and 6 (down).
pub(super) fn strokes(letter: char) -> Option<Vec<Vec<(f32, f32)>>> {
    let digit = |c: u8| f32::from(c - b'0');
    let lines = shape(letter)?.split('|');
    Some(
        lines
            .map(|line| {
                let points = line.split(' ').map(str::as_bytes);
                points.map(|point| (digit(point[0]), digit(point[1]))).collect()
            })
            .collect(),
    )
}

/// `letter` as one that can be drawn: a capital without accent.
pub(super) fn plain(letter: char) -> Option<char> {
    let capital = letter.to_uppercase().next()?;
    let plain = match capital {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' | 'Æ' => 'A',
        'Ç' | 'Ć' | 'Č' => 'C',
        'Ď' | 'Đ' | 'Ð' => 'D',
        'È'..='Ë' | 'Ē' | 'Ė' | 'Ę' | 'Ě' => 'E',
        'Ğ' | 'Ģ' => 'G',
        'Ì'..='Ï' | 'Ī' | 'Į' | 'İ' => 'I',
        'Ķ' => 'K',
        'Ł' | 'Ļ' | 'Ľ' => 'L',
        'Ñ' | 'Ń' | 'Ň' | 'Ņ' => 'N',
        'Ò'..='Ö' | 'Ø' | 'Ő' | 'Œ' | 'Ō' => 'O',
        'Ř' => 'R',
        'Ś' | 'Š' | 'Ş' | 'Ș' => 'S',
        'Ť' | 'Ţ' | 'Ț' | 'Þ' => 'T',
        'Ù'..='Ü' | 'Ū' | 'Ů' | 'Ű' | 'Ų' => 'U',
        'Ý' | 'Ÿ' => 'Y',
        'Ź' | 'Ż' | 'Ž' => 'Z',
        other => other,
    };
    shape(plain).map(|_| plain)
}

fn shape(letter: char) -> Option<&'static str> {
    Some(match letter {
        'A' => "06 20 46|14 34",
        'B' => "06 00 30 41 42 33 03|33 44 45 36 06",
        'C' => "41 30 10 01 05 16 36 45",
        'D' => "00 06 26 44 42 20 00",
        'E' => "40 00 06 46|03 33",
        'F' => "40 00 06|03 33",
        'G' => "41 30 10 01 05 16 36 45 43 23",
        'H' => "00 06|40 46|03 43",
        'I' => "20 26|10 30|16 36",
        'J' => "40 45 36 16 05",
        'K' => "00 06|40 03 46",
        'L' => "00 06 46",
        'M' => "06 00 23 40 46",
        'N' => "06 00 46 40",
        'O' | '0' => "10 30 41 45 36 16 05 01 10",
        'P' => "06 00 30 41 42 33 03",
        'Q' => "10 30 41 45 36 16 05 01 10|34 46",
        'R' => "06 00 30 41 42 33 03|23 46",
        'S' => "41 30 10 01 02 13 33 44 45 36 16 05",
        'T' => "00 40|20 26",
        'U' => "00 05 16 36 45 40",
        'V' => "00 26 40",
        'W' => "00 16 23 36 40",
        'X' => "00 46|40 06",
        'Y' => "00 23 40|23 26",
        'Z' => "00 40 06 46",
        '1' => "11 20 26|16 36",
        '2' => "01 10 30 41 42 06 46",
        '3' => "01 10 30 41 42 33 44 45 36 16 05|33 23",
        '4' => "36 30 04 44",
        '5' => "40 00 03 33 44 45 36 16 05",
        '6' => "41 30 10 01 05 16 36 45 44 33 03",
        '7' => "00 40 16",
        '8' => "10 30 41 42 33 13 02 01 10|13 04 05 16 36 45 44 33",
        '9' => "05 16 36 45 41 30 10 01 02 13 43",
        _ => return None,
    })
}
