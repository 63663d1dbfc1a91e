//! The answers to a post as branches that fold: what stands open, what is folded, what is unread, and what continues on
//! a page of its own.

use std::collections::HashMap;

use super::lens::Lens;
use super::views::{Post, Reply};
use super::visit::Visit;
use crate::base::id::{AccountId, StatusId};
use crate::domain::statuses::StatusView;

/// Answers below this many others continue on a page of their own.
const DEEPEST: usize = 4;
/// Of a branch with more answers than this, only what is unread stands open.
const CROWDED: usize = 50;
/// At most so many names stand in a folded branch.
const NAMED: usize = 3;

/// What was read before: answers with a larger number are new.
#[derive(Clone, Copy, Debug)]
pub struct Read {
    /// The largest number that was shown.
    pub up_to: i64,
    /// Who reads: own answers are never new.
    pub reader: AccountId,
}

/// The answers to a post.
#[derive(Debug, Default)]
pub struct Branches {
    /// Those to the post itself, with those to them inside.
    pub replies: Vec<Reply>,
    /// How many there are in all.
    pub count: usize,
    /// How many of them are new.
    pub fresh: usize,
    /// Where the first new one is.
    pub first_fresh: Option<String>,
}

struct Twig<'a> {
    view: &'a StatusView,
    depth: usize,
    fresh: bool,
}

impl Branches {
    /// From answers that stand depth first.
    pub fn of(
        (visit, lens): (&Visit, &Lens),
        views: &[StatusView],
        root: StatusId,
        read: Option<Read>,
    ) -> Self {
        let twigs = twigs(views, root, read);
        let first = twigs.iter().position(|twig| twig.fresh);
        let first_fresh = first.map(|at| {
            // What is too deep for this page is new on the page where its branch continues.
            let shown = twigs[..=at].iter().rev().find(|twig| twig.depth <= DEEPEST);
            let id = shown.map_or(root, |twig| twig.view.status.id);
            format!("#p{id}")
        });
        Self {
            count: twigs.len(),
            fresh: twigs.iter().filter(|twig| twig.fresh).count(),
            first_fresh,
            replies: grow(visit, lens, &twigs, false),
        }
    }
}

/// Each answer with how far it is set in. One that answers what may not be read stands at the edge.
fn twigs(views: &[StatusView], root: StatusId, read: Option<Read>) -> Vec<Twig<'_>> {
    let mut depths: HashMap<StatusId, usize> = HashMap::new();
    let mut twigs = Vec::with_capacity(views.len());
    for view in views {
        let status = &view.status;
        let parent = status.in_reply_to_id.filter(|parent| *parent != root);
        let depth = parent.and_then(|parent| depths.get(&parent)).map_or(0, |depth| depth + 1);
        depths.insert(status.id, depth);
        let is_new = |read: Read| status.id.0 > read.up_to && status.account_id != read.reader;
        twigs.push(Twig { view, depth, fresh: read.is_some_and(is_new) });
    }
    twigs
}

fn grow(visit: &Visit, lens: &Lens, twigs: &[Twig<'_>], crowded: bool) -> Vec<Reply> {
    let mut replies = Vec::new();
    let mut rest = twigs;
    while let Some((twig, after)) = rest.split_first() {
        let below = after.iter().position(|other| other.depth <= twig.depth).unwrap_or(after.len());
        let (inside, next) = after.split_at(below);
        replies.push(reply(visit, lens, (twig, inside), crowded));
        rest = next;
    }
    replies
}

fn reply(visit: &Visit, lens: &Lens, (twig, inside): (&Twig<'_>, &[Twig<'_>]), crowded: bool) -> Reply {
    let crowded = crowded || inside.len() > CROWDED;
    // Its place in the thread says what it answers.
    let post = Post { answers: None, ..lens.post(twig.view) };
    let any_fresh = inside.iter().any(|other| other.fresh);
    let too_deep = twig.depth >= DEEPEST && !inside.is_empty();
    Reply {
        fresh: twig.fresh,
        open: !crowded || any_fresh,
        folded: visit
            .say_with("thread-folded", &[("n", inside.len().into()), ("names", names(inside).into())]),
        further: too_deep.then(|| post.url.clone()),
        replies: if too_deep { Vec::new() } else { grow(visit, lens, inside, crowded) },
        below: inside.len(),
        post,
    }
}

/// Who wrote in a branch, each once.
fn names(twigs: &[Twig<'_>]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in twigs.iter().map(|twig| twig.view.account.name()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = if names.len() > NAMED { "…" } else { "" };
    names.truncate(NAMED);
    names.join(", ") + more
}
