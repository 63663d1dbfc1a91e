//! How a section of the configuration is declared: once, with its documentation and
//! defaults, from which the type, the example file and the report are made.

use toml::Table;

/// A key of a section, as its declaration describes it.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub name: &'static str,
    /// The lines of the documentation, each with its leading blank.
    pub doc: &'static [&'static str],
    /// What the example file shows, as TOML, where the default is empty or follows from other keys.
    pub example: Option<&'static str>,
}

/// A section of the configuration file.
#[derive(Clone, Debug)]
pub struct SectionInfo {
    pub name: &'static str,
    pub doc: &'static [&'static str],
    pub keys: &'static [Key],
    pub values: Table,
}

/// What [`section!`] makes of a declaration.
pub trait Section: Default + serde::Serialize {
    const NAME: &'static str;
    const DOC: &'static [&'static str];
    const KEYS: &'static [Key];

    fn info(&self) -> SectionInfo {
        let values = Table::try_from(self).expect("invariant: a section is a table of plain values");
        SectionInfo { name: Self::NAME, doc: Self::DOC, keys: Self::KEYS, values }
    }
}

/// Declares a section: a struct whose every field has documentation and a default.
macro_rules! section {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident in $section:literal {
            $(
                $(#[doc = $field_doc:literal])+
                $(#[serde($($serde:tt)*)])?
                pub $field:ident: $type:ty = $default:expr $(, example $example:literal)?;
            )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[doc = $field_doc])+
                $(#[serde($($serde)*)])?
                pub $field: $type,
            )*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl $crate::base::config::section::Section for $name {
            const NAME: &'static str = $section;
            const DOC: &'static [&'static str] = &[$($doc),*];
            const KEYS: &'static [$crate::base::config::section::Key] = &[
                $($crate::base::config::section::Key {
                    name: stringify!($field),
                    doc: &[$($field_doc),+],
                    example: section!(@example $($example)?),
                },)*
            ];
        }
    };
    (@example) => { None };
    (@example $example:literal) => { Some($example) };
}

pub(super) use section;
