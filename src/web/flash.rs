//! What just happened, kept in a cookie until the next page says it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::views::{Flash, FlashLink, Undo};

/// The cookie that keeps it.
pub const COOKIE: &str = "bw_flash";

impl Flash {
    /// It went well.
    pub fn good(text: impl Into<String>) -> Self {
        Self { text: text.into(), bad: false, undo: None, link: None }
    }

    /// It went otherwise than wished.
    pub fn bad(text: impl Into<String>) -> Self {
        Self { bad: true, ..Self::good(text) }
    }

    /// With a way to take it back; `action` is a path of this site.
    pub fn undo(self, action: impl Into<String>) -> Self {
        Self { undo: Some(Undo { action: action.into(), label: "Undo".into() }), ..self }
    }

    /// With a place to go on; `href` is a path of this site.
    pub fn link(self, href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { link: Some(FlashLink { href: href.into(), label: label.into() }), ..self }
    }

    /// As the value of a cookie.
    pub fn to_cookie(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// From the value of a cookie. A cookie is not to be trusted: only paths of this site are taken.
    pub fn from_cookie(value: &str) -> Option<Self> {
        let json = URL_SAFE_NO_PAD.decode(value).ok()?;
        let flash: Self = serde_json::from_slice(&json).ok()?;
        let undo_is_ours = flash.undo.as_ref().is_none_or(|undo| is_own_path(&undo.action));
        let link_is_ours = flash.link.as_ref().is_none_or(|link| is_own_path(&link.href));
        (undo_is_ours && link_is_ours).then_some(flash)
    }
}

/// Whether a text is a path of this site and of no other: `/x`, but not `//x` or `/\x`.
pub fn is_own_path(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//") && !text.chars().any(|c| c == '\\' || c.is_control())
}

/// The path, if it is one of this site; otherwise home.
pub fn own_path(text: &str) -> &str {
    if is_own_path(text) { text } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let flash = Flash::good("Bob is muted.").undo("/people/2/unmute");
        let back = Flash::from_cookie(&flash.to_cookie()).expect("the same");
        assert_eq!(back.text, flash.text);
        assert_eq!(back.undo.map(|undo| undo.action).as_deref(), Some("/people/2/unmute"));
    }

    #[test]
    fn a_forged_cookie_leads_nowhere_else() {
        let forged = Flash::good("Won!").link("//evil.example", "Here");
        assert!(Flash::from_cookie(&forged.to_cookie()).is_none());
        assert!(Flash::from_cookie("%%%").is_none());
    }

    #[test]
    fn only_paths_of_this_site_are_gone_back_to() {
        assert_eq!(own_path("/@ann?x=1"), "/@ann?x=1");
        for text in ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb"] {
            assert_eq!(own_path(text), "/");
        }
    }
}
