//! Wordings that a crate knows, for those who look at the letters of words alone.

/// Words that stand in documents, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording<'t> {
    /// Within a sentence.
    Inside(&'t str),
    /// Within a sentence, or at the beginning of a line.
    First(&'t str),
    /// At the beginning of a line, before a colon.
    Label(&'t str),
}

impl<'t> Wording<'t> {
    /// The words.
    pub fn words(self) -> &'t str {
        let (Self::Inside(words) | Self::First(words) | Self::Label(words)) = self;
        words
    }
}

/// The cells of column `column` of a table parted by tabs, below its head and without comments; each of those that `|` parts.
///
/// ```
/// let table = "name\taliases\n# more\nSở Y tế\tSYT|Sở Y\n";
/// assert_eq!(nhiemvu_text::cells(table, 1).collect::<Vec<_>>(), ["SYT", "Sở Y"]);
/// ```
pub fn cells(table: &str, column: usize) -> impl Iterator<Item = &str> {
    let rows = table.lines().filter(|row| !row.starts_with('#')).skip(1);
    let cells = rows.filter_map(move |row| row.split('\t').nth(column));
    cells.flat_map(|cell| cell.split('|')).map(str::trim).filter(|cell| !cell.is_empty())
}
