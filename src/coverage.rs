//! Address text to ranked districts with reasons. PURE.
/// Areas served.
#[derive(Clone, Debug, Default)]
pub struct Served;
impl Served {
    /// From codes.
    pub fn new(_codes: impl IntoIterator<Item = String>) -> Served {
        Served
    }
}
