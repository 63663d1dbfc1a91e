//! Lists: people whom somebody reads apart from home.
