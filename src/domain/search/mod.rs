//! Search: what the reader may see, by words, operators, people and tags.
