//! Where words about time stand.

/// Where the words stand, and so how much counts as a limit on doing or reporting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    /// The text of an item or paragraph. A time counts where a word makes it a limit (`trước ngày 15/5`, `trong quý III`);
    /// dates of cited documents and periods that a plan is about do not.
    Sentence,
    /// The value of a time line or the cell of a time column. A bare date, month, quarter or year counts too.
    Field,
    /// A heading. A bare period counts at its start, in brackets, or behind `nhiệm vụ`.
    Heading,
    /// Words that are known to name a time: everything counts, as in a target's clause or in a phrase given alone.
    Phrase,
}
