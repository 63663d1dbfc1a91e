//! What was answered with success, and what died unanswered.

use std::collections::{BTreeMap, BTreeSet};

/// What is known of a post of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Asked for, never answered, not asked again: may be there or not.
    Unknown,
    /// Answered with success.
    There,
    /// Its deletion was answered with success.
    Gone,
}

/// A post.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its first word, which no other post has.
    pub mark: String,
    /// How often it was edited: the second word.
    pub version: usize,
    pub state: State,
    /// Its number at home, once known.
    pub id: String,
    /// Its address, once known.
    pub uri: String,
    /// The address of what it answers.
    pub parent: Option<String>,
    /// The person it names, if it is one of ours.
    pub names: Option<usize>,
}

impl Post {
    /// The first two words.
    pub fn words(&self) -> String {
        format!("{} v{}", self.mark, self.version)
    }
}

/// All that must be true.
#[derive(Debug, Default)]
pub struct Ledger {
    /// By person, in the order in which they wrote.
    pub people: Vec<Vec<Post>>,
    /// By outsider and house, in the order in which they were accepted.
    pub outsiders: BTreeMap<(usize, usize), Vec<Post>>,
    /// Address of the post, actor of who likes it.
    pub likes: BTreeSet<(String, String)>,
    /// The same for reposts: address of the post, person.
    pub reposts: BTreeSet<(String, usize)>,
    /// Requests that died unanswered.
    pub unanswered: usize,
}

impl Ledger {
    /// Who likes it, by actor.
    pub fn likes_of(&self, uri: &str) -> BTreeSet<String> {
        self.likes.iter().filter(|(of, _)| of == uri).map(|(_, by)| by.clone()).collect()
    }

    /// For the log.
    pub fn summary(&self) -> String {
        let count = |state: State, lists: &mut dyn Iterator<Item = &Vec<Post>>| {
            lists.flatten().filter(|post| post.state == state).count()
        };
        let posts = |state| count(state, &mut self.people.iter());
        let pushed = |state| count(state, &mut self.outsiders.values());
        let edits: usize = self.people.iter().flatten().map(|post| post.version).sum();
        format!(
            "posts: {} there, {} deleted, {} never answered, {edits} edits; {} likes, {} reposts; \
             outsiders' posts accepted: {}, deleted {}; requests that died unanswered: {}",
            posts(State::There),
            posts(State::Gone),
            posts(State::Unknown),
            self.likes.len(),
            self.reposts.len(),
            pushed(State::There),
            pushed(State::Gone),
            self.unanswered
        )
    }
}
