//! A person's own data: taking it along, bringing it, leaving.
