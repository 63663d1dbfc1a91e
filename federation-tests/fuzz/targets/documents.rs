//! JSON of other sites: activities, posts, actors, collections, WebFinger, NodeInfo.
#![no_main]

use breezeway::activitystreams::activity::Activity;
use breezeway::activitystreams::collection::{Collection, OrderedCollection, OrderedCollectionPage};
use breezeway::activitystreams::node_info::NodeInfo;
use breezeway::activitystreams::webfinger::Jrd;
use breezeway::activitystreams::{Actor, Note, read, read_value};
use breezeway::base::Millis;
use breezeway::federation::map;
use breezeway::federation::origin::{host_of, same_origin};
use libfuzzer_sys::fuzz_target;

const NOW: Millis = Millis(1_767_323_045_000);

fuzz_target!(|bytes: &[u8]| {
    if read_value(bytes).is_err() {
        return;
    }
    if let Ok(activity) = read::<Activity>(bytes)
        && activity.id().is_some()
    {
        let written = serde_json::to_vec(&activity).expect("what was read can be written");
        let again: Activity = read(&written).expect("what was written can be read");
        assert_eq!(again, activity);
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
    let _ = read::<OrderedCollection>(bytes);
    let _ = read::<OrderedCollectionPage>(bytes);
    let _ = read::<Collection>(bytes);
    let _ = read::<NodeInfo>(bytes);
    if let Ok(jrd) = read::<Jrd>(bytes) {
        let _ = (jrd.actor(), jrd.handle().is_some());
    }
});
