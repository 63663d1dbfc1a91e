//! Arguments of statements, the same for both engines.

use sqlx::{Arguments, postgres::PgArguments, sqlite::SqliteArguments};

use crate::base::{Millis, id};

/// One argument. Every kind knows its type also when it is null.
#[derive(Clone, Debug)]
pub enum Arg {
    /// BIGINT
    I64(Option<i64>),
    /// DOUBLE PRECISION
    F64(Option<f64>),
    /// BOOLEAN
    Bool(Option<bool>),
    /// TEXT
    Text(Option<String>),
    /// BLOB or BYTEA
    Bytes(Option<Vec<u8>>),
    /// For `IN_LIST($n)`.
    I64s(Vec<i64>),
    /// For `IN_LIST($n)`.
    Texts(Vec<String>),
}

/// What can be an argument.
pub trait ToArg {
    /// The argument.
    fn to_arg(&self) -> Arg;
}

macro_rules! to_arg {
    ($($type:ty => $kind:ident, |$value:ident| $expr:expr;)*) => {$(
        impl ToArg for $type {
            fn to_arg(&self) -> Arg { let $value = self; Arg::$kind(Some($expr)) }
        }
        impl ToArg for Option<$type> {
            fn to_arg(&self) -> Arg { Arg::$kind(self.as_ref().map(|$value| $expr)) }
        }
    )*};
}

to_arg! {
    i64 => I64, |v| *v;
    i32 => I64, |v| i64::from(*v);
    u32 => I64, |v| i64::from(*v);
    f64 => F64, |v| *v;
    bool => Bool, |v| *v;
    String => Text, |v| v.clone();
    &str => Text, |v| (*v).to_owned();
    &String => Text, |v| (*v).clone();
    url::Url => Text, |v| v.to_string();
    &url::Url => Text, |v| v.to_string();
    Vec<u8> => Bytes, |v| v.clone();
    &[u8] => Bytes, |v| v.to_vec();
    Millis => I64, |v| v.0;
    id::AccountId => I64, |v| v.0;
    id::StatusId => I64, |v| v.0;
    id::MediaId => I64, |v| v.0;
    id::NotificationId => I64, |v| v.0;
    id::ReportId => I64, |v| v.0;
    id::ModerationActionId => I64, |v| v.0;
    id::PeerId => I64, |v| v.0;
    id::SessionId => I64, |v| v.0;
    id::InvitationId => I64, |v| v.0;
    id::OAuthAppId => I64, |v| v.0;
    id::OAuthTokenId => I64, |v| v.0;
    id::EventId => I64, |v| v.0;
    id::EmojiId => I64, |v| v.0;
    id::ActivityId => I64, |v| v.0;
    id::DeliveryId => I64, |v| v.0;
    id::InteractionId => I64, |v| v.0;
    id::DraftId => I64, |v| v.0;
    id::ScheduledId => I64, |v| v.0;
    id::ListId => I64, |v| v.0;
    id::FilterId => I64, |v| v.0;
    id::FilterWordId => I64, |v| v.0;
    id::FilterStatusId => I64, |v| v.0;
    id::ExportId => I64, |v| v.0;
    id::ImportId => I64, |v| v.0;
    id::MailId => I64, |v| v.0;
    id::PushId => I64, |v| v.0;
}

impl ToArg for Arg {
    fn to_arg(&self) -> Arg {
        self.clone()
    }
}

impl ToArg for Vec<String> {
    fn to_arg(&self) -> Arg {
        Arg::Texts(self.clone())
    }
}

impl ToArg for &[String] {
    fn to_arg(&self) -> Arg {
        Arg::Texts(self.to_vec())
    }
}

macro_rules! list_arg {
    ($($type:ty),*) => {$(
        impl ToArg for Vec<$type> {
            fn to_arg(&self) -> Arg { Arg::I64s(self.iter().map(|id| id.0).collect()) }
        }
        impl ToArg for &[$type] {
            fn to_arg(&self) -> Arg { Arg::I64s(self.iter().map(|id| id.0).collect()) }
        }
    )*};
}

list_arg!(
    id::AccountId,
    id::StatusId,
    id::MediaId,
    id::NotificationId,
    id::ReportId,
    id::PeerId,
    id::EventId,
    id::ActivityId,
    id::DeliveryId,
    id::InteractionId,
    id::ListId,
    id::FilterId
);

impl ToArg for Vec<i64> {
    fn to_arg(&self) -> Arg {
        Arg::I64s(self.clone())
    }
}

/// Null terminated text cannot be kept by PostgreSQL: it is refused where it comes in and dropped here.
fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "") } else { text }
}

pub(super) fn for_sqlite(list: Vec<Arg>) -> Result<SqliteArguments, sqlx::error::BoxDynError> {
    let mut out = SqliteArguments::default();
    for arg in list {
        match arg {
            Arg::I64(value) => out.add(value)?,
            Arg::F64(value) => out.add(value)?,
            Arg::Bool(value) => out.add(value)?,
            Arg::Text(value) => out.add(value.map(without_nul))?,
            Arg::Bytes(value) => out.add(value)?,
            Arg::I64s(values) => out.add(serde_json::to_string(&values)?)?,
            Arg::Texts(values) => out.add(serde_json::to_string(&values)?)?,
        }
    }
    Ok(out)
}

pub(super) fn for_postgres(list: Vec<Arg>) -> Result<PgArguments, sqlx::error::BoxDynError> {
    let mut out = PgArguments::default();
    for arg in list {
        match arg {
            Arg::I64(value) => out.add(value)?,
            Arg::F64(value) => out.add(value)?,
            Arg::Bool(value) => out.add(value)?,
            Arg::Text(value) => out.add(value.map(without_nul))?,
            Arg::Bytes(value) => out.add(value)?,
            Arg::I64s(values) => out.add(values)?,
            Arg::Texts(values) => out.add(values)?,
        }
    }
    Ok(out)
}
