//! Handles, addresses, times, numbers, scopes: the small things that stand in larger ones. A line is one of them.
#![no_main]

use breezeway::activitystreams::is_activity_type;
use breezeway::base::Millis;
use breezeway::base::id::StatusId;
use breezeway::base::origin::{Origin, host_of_uri};
use breezeway::base::text::Handle;
use breezeway::domain::auth::Scopes;
use breezeway::federation::origin::{host_of, same_origin};
use breezeway::platform::net::NetPolicy;
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|text: &str| {
    let origin = Origin::new(&"https://a.example/".parse().expect("a URL"));
    let policy = NetPolicy::default();
    let urls: Vec<Url> = text.lines().filter_map(|line| Url::parse(line).ok()).take(8).collect();
    for line in text.lines().take(8) {
        if let Some(handle) = Handle::parse(line) {
            assert!(!handle.username.is_empty() && !handle.username.contains(['@', '/', ' ']));
        }
        if let Some(at) = Millis::from_rfc3339(line) {
            assert_eq!(Millis::from_rfc3339(&at.to_rfc3339()), Some(at), "{line}");
        }
        let _ = (is_activity_type(line), line.parse::<StatusId>().is_ok(), Scopes::parse(line).is_ok());
        let _ = host_of_uri(line);
        if origin.owns(line)
            && let Ok(url) = Url::parse(line)
        {
            assert_eq!(host_of(&url).as_deref(), Some("a.example"), "{line}");
        }
    }
    for one in &urls {
        if let Some(host) = host_of(one) {
            assert!(!host.contains(['/', '@', '#', '?']) && host == host.to_lowercase(), "{host}");
            assert!(same_origin(one, one));
        }
        if policy.check(one).is_ok() {
            assert!(one.scheme() == "https" && one.port().is_none() && one.username().is_empty(), "{one}");
        }
        for other in &urls {
            assert_eq!(same_origin(one, other), same_origin(other, one));
            if same_origin(one, other) {
                assert_eq!((one.scheme(), host_of(one)), (other.scheme(), host_of(other)));
            }
        }
    }
});
