//! Letters: a queue of addresses and words. Who writes a letter is a younger room.
