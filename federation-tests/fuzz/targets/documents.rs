//! JSON of other sites: activities, posts, actors, collections, WebFinger, NodeInfo.
#![no_main]

use std::sync::LazyLock;
use std::time::Duration;

use breezeway::activitystreams::activity::Activity;
use breezeway::activitystreams::collection::{Collection, OrderedCollection, OrderedCollectionPage};
use breezeway::activitystreams::node_info::NodeInfo;
use breezeway::activitystreams::object::Authorization;
use breezeway::activitystreams::webfinger::Jrd;
use breezeway::activitystreams::{Actor, Note, read, read_value};
use breezeway::base::Millis;
use breezeway::federation::origin::{host_of, same_origin};
use breezeway::federation::{map, proofs};
use breezeway::platform::crypto::{KeyPair, VerifyingKey};
use libfuzzer_sys::fuzz_target;

static KEY: LazyLock<VerifyingKey> = LazyLock::new(|| {
    let pair = KeyPair::generate_ed25519().expect("a key");
    pair.verifying_key().expect("its public half")
});

const NOW: Millis = Millis(1_767_323_045_000);

fuzz_target!(|bytes: &[u8]| {
    if read_value(bytes).is_err() {
        return;
    }
    if let Ok(activity) = read::<Activity>(bytes)
        && activity.id().is_some()
    {
        // An Undo of something that we do not know has nothing to be written.
        if let Ok(written) = serde_json::to_vec(&activity) {
            let again: Activity = read(&written).expect("what was written can be read");
            assert_eq!(again, activity);
        }
    }
    if let Ok(note) = read::<Note>(bytes) {
        let written = serde_json::to_vec(&note).expect("what was read can be written");
        assert_eq!(read::<Note>(&written).expect("what was written can be read"), note);
        let _ = (note.html(), note.language(), note.mentions().count(), note.hashtags().count());
        let _ = map::titled::content(&note);
        let _ = (map::titled::warning(&note), map::question::read(&note, NOW));
        let _ = map::audience::from_wire(&note.to, &note.cc, None, None);
    }
    if let Ok(actor) = read::<Actor>(bytes)
        && let Ok(account) = map::actor::from_wire(&actor, NOW)
    {
        let inbox = account.inbox.parse().expect("an inbox is a URL");
        assert!(same_origin(&actor.id, &inbox), "an inbox elsewhere");
        assert_eq!(host_of(&actor.id).as_deref(), Some(account.host.as_str()));
        assert!(account.username.chars().all(|c| c.is_ascii_graphic()), "{:?}", account.username);
    }
    for proof in proofs::read(bytes, NOW, Duration::from_hours(24)).unwrap_or_default() {
        // Nobody has the key, so nobody can have signed.
        assert!(proof.verify(&KEY).is_err());
    }
    if let Ok(stamp) = read::<Authorization>(bytes) {
        let _ = serde_json::to_vec(&stamp).expect("what was read can be written");
    }
    let _ = read::<OrderedCollection>(bytes);
    let _ = read::<OrderedCollectionPage>(bytes);
    let _ = read::<Collection>(bytes);
    let _ = read::<NodeInfo>(bytes);
    if let Ok(jrd) = read::<Jrd>(bytes) {
        let _ = (jrd.actor(), jrd.handle().is_some());
    }
});
