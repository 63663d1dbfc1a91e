//! Nouns and verbs: what people can do here. No HTTP, no JSON-LD, no pages.
