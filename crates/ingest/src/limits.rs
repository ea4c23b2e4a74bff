//! How much of a document is read.

/// Bounds on what one document may cost; beyond `max_bytes` and `max_expanded` reading is refused, beyond the others the
/// rest is left out with a `limit-reached` warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file, in bytes.
    pub max_bytes: u64,
    /// What the parts of an archive may unpack to, in bytes together.
    pub max_expanded: u64,
    /// Pages.
    pub max_pages: u32,
    /// Table cells of the document, all tables together.
    pub max_cells: u32,
    /// Files in a container, those of containers inside it counted in.
    pub max_members: u32,
    /// How deep containers stand in containers.
    pub max_depth: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_expanded: 256 << 20,
            max_pages: 5_000,
            max_cells: 200_000,
            max_members: 10_000,
            max_depth: 3,
        }
    }
}
