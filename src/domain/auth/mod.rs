//! Signing in: users, sessions, one-time links, programs and their tokens.
