//! What the tests of several crates share. Never shipped.
