//! Consent: who may quote, answer, like and repost a post, and what was asked, allowed, refused and taken back.
//!
//! A post says who may do what (`policy`). What somebody does with a post of this site that its policy does not
//! simply allow is an `interaction`: it waits, is accepted with a stamp that others can verify, is refused, or is
//! taken back. On the other side, a post that quotes another (`quote`) and a reply of this site that had to ask
//! (`reply`) keep what came of it.

pub mod interaction;
pub mod policy;
pub mod quote;
pub mod reply;
pub mod store;
pub mod view;

pub use interaction::{Ask, Interaction, InteractionState};
pub use policy::{Act, Circle, Facts, Policy, Rule, Verdict};
pub use quote::{Quote, QuoteState, TakenQuote};
pub use reply::{Approval, ApprovalState};
pub use view::QuoteView;
