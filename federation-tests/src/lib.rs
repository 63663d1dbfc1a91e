//! Several real sites on loopback, and the people on them.
