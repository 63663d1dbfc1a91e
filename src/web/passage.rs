//! What became of a post at other sites, for those who may know.

use super::lens::Lens;
use super::views::passage::{Came, Way, WayStep};
use super::visit::Visit;
use crate::base::Result;
use crate::domain::organisation::deliveries::{self, Cause, Passage, State};
use crate::domain::statuses::StatusView;
use crate::platform::db::Conn;

/// For the author of a post of this site, and for administrators; `None` for others, and if nothing is known.
pub async fn way(conn: &mut Conn, visit: &Visit, lens: &Lens, view: &StatusView) -> Result<Option<Way>> {
    let Some(signed) = visit.signed.as_ref().filter(|_| view.status.local) else { return Ok(None) };
    if signed.account.id != view.account.id && !signed.is_admin() {
        return Ok(None);
    }
    let trace = deliveries::trace(conn, &view.status.uri).await?;
    let mut came = Came::default();
    for passage in trace.by_site() {
        let name = lens.chip(&passage.host).map_or_else(|| passage.host.clone(), |chip| chip.name);
        match &passage.state {
            State::Arrived { .. } => came.reached.push(name),
            State::Waiting { .. } => came.waiting.push(name),
            State::Dead { cause: Cause::Unreachable, .. } => came.away.push(name),
            State::Dead { cause: Cause::Refused, .. } => came.refused.push(name),
            State::Dead { cause: Cause::Stopped, .. } => came.stopped.push(name),
            State::Dropped { .. } => came.given_up.push(name),
        }
    }
    let steps = trace.passages.iter().filter(|_| signed.is_admin()).filter_map(|passage| step(lens, passage));
    let (sentence, whole) = (came.sentence(), came.is_whole());
    Ok(sentence.map(|sentence| Way { sentence, whole, steps: steps.collect() }))
}

fn step(lens: &Lens, passage: &Passage) -> Option<WayStep> {
    let at = |at| lens.time(at).absolute;
    let text = match &passage.state {
        State::Arrived { at: moment } => format!("arrived {}", at(*moment)),
        State::Waiting { error: None, .. } => "waits for its turn".to_owned(),
        State::Waiting { error: Some(error), retry_at, .. } => match retry_at {
            Some(next) => format!("waits, next attempt {}: {error}", at(*next)),
            None => format!("waits: {error}"),
        },
        State::Dead { at: moment, cause, error } => match cause {
            Cause::Refused => format!("refused, given up {}: {error}", at(*moment)),
            Cause::Unreachable => {
                format!("not reached, given up {} until it answers: {error}", at(*moment))
            }
            Cause::Stopped => format!("stopped {}: {error}", at(*moment)),
        },
        State::Dropped { at: moment, error } => format!("thrown away {}: {error}", at(*moment)),
    };
    Some(WayStep { site: lens.chip(&passage.host)?, kind: passage.kind.clone(), text })
}
