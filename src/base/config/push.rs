//! `[push]`: whether browsers and apps are woken.

use super::problem::Problems;
use super::section::section;

section! {
    /// Web push: browsers and apps are woken when there is news, also while no page is open. This goes through services
    /// of those who make the browsers (Google, Mozilla, Apple, Microsoft), outside the organisation: they see who is
    /// woken and when, but never what is told, which is encrypted for the one browser. Off unless you want that.
    pub struct Push in "push" {
        /// Whether browsers and apps may be woken.
        pub enabled: bool = false;
        /// The services that may be used; ".example.org" stands for every host below.
        pub hosts: Vec<String> = usual_hosts();
        /// Whom a push service may write to if something is wrong: a mail address. Default: none; the address of the
        /// site is given.
        pub contact: String = String::new(), example r#""admin@example.org""#;
    }
}

fn usual_hosts() -> Vec<String> {
    [
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        ".push.services.mozilla.com",
        "web.push.apple.com",
        ".push.apple.com",
        ".notify.windows.com",
    ]
    .map(str::to_owned)
    .into()
}

impl Push {
    /// Whether a push service at this host may be used.
    pub fn allows(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.hosts.iter().any(|allowed| {
            let allowed = allowed.to_ascii_lowercase();
            if allowed.starts_with('.') { host.ends_with(&allowed) } else { host == allowed }
        })
    }

    pub(super) fn validate(&self, problems: &mut Problems) {
        problems.require(
            !self.enabled || !self.hosts.is_empty(),
            "push.hosts",
            "is empty; name the services that may be used, or set push.enabled to false",
        );
        problems.require(
            self.contact.is_empty() || self.contact.contains('@'),
            "push.contact",
            "must be a mail address, or empty",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_services_are_used() {
        let push = Push::default();

        assert!(push.allows("fcm.googleapis.com"));
        assert!(push.allows("FCM.googleapis.com"));
        assert!(push.allows("wns2-par02p.notify.windows.com"));
        for wrong in ["example.org", "notify.windows.com.example.org", "xfcm.googleapis.com", "127.0.0.1", ""]
        {
            assert!(!push.allows(wrong), "{wrong}");
        }
    }
}
