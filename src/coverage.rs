//! Address text to ranked districts with reasons. PURE.
