//! What somebody does not want to read, and where.
