//! `Collection-Synchronization`: three texts in one header.

use url::Url;

/// The name of the header.
pub const HEADER: &str = "collection-synchronization";

/// Longest header read, in bytes: three addresses and a digest fit.
const LONGEST: usize = 4096;

/// What the header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The followers, all of them.
    pub collection: Url,
    /// Of the followers at the site that is asked; 64 hexadecimal characters in lower case.
    pub digest: String,
    /// Where these are listed.
    pub url: Url,
}

/// Why the header says nothing. Goes into the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("it is too long")]
    TooLong,
    #[error("it is not a list of names and quoted values")]
    Malformed,
    #[error("it has no readable {0}, or two")]
    Field(&'static str),
}

impl Comparison {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        if text.len() > LONGEST {
            return Err(Unreadable::TooLong);
        }
        let fields = fields(text).ok_or(Unreadable::Malformed)?;
        let field = |name: &'static str| {
            let mut values = fields.iter().filter(|(known, _)| *known == name).map(|(_, value)| *value);
            match (values.next(), values.next()) {
                (Some(value), None) => Ok(value),
                _ => Err(Unreadable::Field(name)),
            }
        };
        let url = |name| {
            let url = Url::parse(field(name)?).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
            url.ok_or(Unreadable::Field(name))
        };
        let digest = field("digest")?.to_ascii_lowercase();
        if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Unreadable::Field("digest"));
        }
        Ok(Self { collection: url("collectionId")?, digest, url: url("url")? })
    }

    /// Writes the header.
    pub fn write(collection: &str, digest: &str, url: &str) -> String {
        format!("collectionId=\"{collection}\", digest=\"{digest}\", url=\"{url}\"")
    }
}

/// `name="value"`, separated by commas; a value may contain one.
fn fields(mut text: &str) -> Option<Vec<(&str, &str)>> {
    let mut fields = Vec::new();
    loop {
        let (name, rest) = text.split_once('=')?;
        let (value, rest) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
        fields.push((name.trim(), value));
        let rest = rest.trim();
        if rest.is_empty() {
            return Some(fields);
        }
        text = rest.strip_prefix(',')?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let digest = "c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f";
        let (all, some) = ("https://a.example/users/ann/followers", "https://a.example/f?a,b=c");

        let read = Comparison::parse(&Comparison::write(all, digest, some)).expect("readable");

        assert_eq!((read.collection.as_str(), read.digest.as_str(), read.url.as_str()), (all, digest, some));
    }

    #[test]
    fn what_cannot_be_read_says_nothing() {
        let digest = "0".repeat(64);
        let with = |digest: &str| {
            format!("collectionId=\"https://a.example/f\", digest=\"{digest}\", url=\"https://a.example/g\"")
        };
        assert!(Comparison::parse(&with(&digest)).is_ok());
        assert!(
            Comparison::parse(&format!("{}, more=\"x\"", with(&digest))).is_ok(),
            "what is new is left alone"
        );
        for (text, problem) in [
            (String::new(), Unreadable::Malformed),
            ("x".repeat(LONGEST + 1), Unreadable::TooLong),
            (with("xyz"), Unreadable::Field("digest")),
            (with(&"g".repeat(64)), Unreadable::Field("digest")),
            (with(&"0".repeat(65)), Unreadable::Field("digest")),
            (format!("{}, digest=\"{digest}\"", with(&digest)), Unreadable::Field("digest")),
            (format!("digest=\"{digest}\""), Unreadable::Field("collectionId")),
            (with(&digest).replace("https://a.example/g", "ftp://a.example"), Unreadable::Field("url")),
            (with(&digest).replace('"', ""), Unreadable::Malformed),
            (format!("{};", with(&digest)), Unreadable::Malformed),
        ] {
            assert_eq!(Comparison::parse(&text), Err(problem), "{text}");
        }
    }
}
