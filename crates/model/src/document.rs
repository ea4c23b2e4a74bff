//! A document as a tree: header, numbered items, tables, closing.

use crate::{Diagnostic, Mended, PartialDate, Source, Span};

/// What `parser` gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The text that all spans count in, with its lines.
    pub source: Source,
    /// What the top and the signature block say of the document.
    pub header: Header,
    /// All nodes; a node's children have higher numbers than it. Node 0 is the root.
    pub nodes: Vec<Node>,
    /// Tables, by the number that [`NodeKind::Table`] gives.
    pub tables: Vec<Table>,
    /// Footnotes, taken out of the running text.
    pub footnotes: Vec<Footnote>,
    /// Spans of page furniture (page numbers, repeated headers, stamp lines).
    pub furniture: Vec<Span>,
    /// What could not be placed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Index into [`Document::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// A block of the document with the blocks below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its marker as written (`IV.`, `a)`, `-`); empty where it has none.
    pub marker: String,
    /// Its words without the marker, mended; of a heading, the heading's words.
    pub text: Mended,
    /// The run-in heading at its start (`3. Trường Đại học Quy Nhơn: Tăng cường …`): length in bytes of `text`, without
    /// the colon; 0 where it has none.
    pub run_in: usize,
    /// Its place, marker included, children left out.
    pub span: Span,
    /// The block that it stands under; `None` for the root.
    pub parent: Option<NodeId>,
    /// The blocks below it, in order.
    pub children: Vec<NodeId>,
    /// Labelled lines that belong to it (`Đơn vị chủ trì: …`).
    pub fields: Vec<Field>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// The document itself.
    Root,
    /// A heading, numbered or not, that holds what follows (Phần, Chương, Mục, `IV.`, `2.`).
    Heading,
    /// An article (Điều) of a decision.
    Article,
    /// A numbered or lettered item, or a bullet, with text of its own.
    Item,
    /// A paragraph without a marker.
    Paragraph,
    /// A table, by its number in [`Document::tables`].
    Table(u32),
    /// An appendix or a document issued with the decision (Phụ lục, Kế hoạch kèm theo): its title.
    Appendix,
    /// A line of the legal basis (căn cứ).
    Basis,
}

/// A labelled line (`Thời gian hoàn thành: …`).
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// What the label asks for.
    pub role: FieldRole,
    /// Label as written, without the colon; empty for an unlabelled time line.
    pub label: Mended,
    /// Its value.
    pub value: Mended,
    /// Its place.
    pub span: Span,
}

/// What a label or a column head asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldRole {
    /// Who leads (chủ trì).
    Lead,
    /// Who does it, perhaps with partners in the same value (đơn vị thực hiện: `X chủ trì, phối hợp với Y`).
    Executing,
    /// Who helps (phối hợp).
    Coordinating,
    /// Who follows it up (theo dõi, đôn đốc).
    Monitoring,
    /// To whom it is submitted (cấp trình).
    ReportTo,
    /// By when (thời gian, thời hạn, tiến độ).
    Time,
    /// What comes out (sản phẩm, kết quả).
    Product,
    /// What is to be done (nhiệm vụ, nội dung).
    Content,
    /// The running number of a row (TT, STT).
    Number,
    /// How it stands (tình trạng).
    Status,
    /// What is to be reached (chỉ tiêu).
    Target,
    /// In what it is counted (đơn vị tính).
    Unit,
    /// Anything else (kinh phí, ghi chú).
    Other,
}

/// A table, as cells on a grid.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Rows from top to bottom, heads first.
    pub rows: Vec<TableRow>,
    /// How many of the first rows are the head.
    pub heads: usize,
    /// Number of grid columns.
    pub columns: usize,
    /// Whether the cells were guessed from gaps or from a flattened copy.
    pub uncertain: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableRow {
    /// Cells from left to right.
    pub cells: Vec<TableCell>,
    /// Its place.
    pub span: Span,
}

/// A cell on the grid.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableCell {
    /// Its paragraphs, each mended; empty for an empty cell.
    pub paragraphs: Vec<Mended>,
    /// First grid column, from 0.
    pub column: usize,
    /// Grid columns that it spans.
    pub columns: usize,
    /// Whether it continues the cell above.
    pub merged_up: bool,
}

impl TableCell {
    /// The words of the cell, its paragraphs joined by a space.
    pub fn text(&self) -> String {
        self.paragraphs.iter().map(Mended::text).collect::<Vec<_>>().join(" ")
    }
}

/// A footnote (chú thích).
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// Its mark (`1`).
    pub mark: String,
    /// Its body.
    pub text: Mended,
    /// Where it is called from, if found.
    pub called_at: Option<Span>,
}

/// What the document says of itself (Nghị định 30/2020/NĐ-CP, Phụ lục I).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Header {
    /// Abbreviation of the type (`TB`).
    pub doc_type: Option<String>,
    /// Name of the type (`Thông báo`).
    pub type_name: Option<String>,
    /// Number and symbol (số, ký hiệu).
    pub number: Option<Number>,
    /// The line or lines that name the issuing body (cơ quan ban hành).
    pub issuer: Option<Mended>,
    /// Place of issue (địa danh).
    pub place: Option<String>,
    /// Date of issue.
    pub date: Option<PartialDate>,
    /// A date that the body gives where the header leaves its day or month blank, for instance the meeting's.
    pub meeting_date: Option<PartialDate>,
    /// Summary of the content (trích yếu), on one line.
    pub subject: Option<Mended>,
    /// Degree of urgency (độ khẩn).
    pub urgency: Option<Urgency>,
    /// Degree of secrecy (độ mật).
    pub secrecy: Option<Secrecy>,
    /// Lines of Kính gửi.
    pub addressees: Vec<Mended>,
    /// Lines of Nơi nhận.
    pub recipients: Vec<Recipient>,
    /// The signature block.
    pub signer: Option<Signer>,
}

/// Number and symbol of a document (số, ký hiệu).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// As written.
    pub raw: String,
    /// `105`; `None` where left blank in a draft.
    pub serial: Option<String>,
    /// `KH-UBND`.
    pub symbol: Option<String>,
}

/// A line of Nơi nhận.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipient {
    /// Its words, without the bullet.
    pub text: Mended,
    /// Why it is sent there, as written (`b/c`), or `lưu`.
    pub purpose: Option<String>,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signer {
    /// Name.
    pub name: Option<String>,
    /// Office (`PHÓ CHỦ TỊCH`).
    pub position: Option<String>,
    /// Lines above the office (`TM. ỦY BAN NHÂN DÂN`), in order.
    pub authority: Vec<String>,
}

/// Degree of urgency (độ khẩn).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Urgency {
    /// Khẩn.
    Urgent,
    /// Thượng khẩn.
    VeryUrgent,
    /// Hỏa tốc.
    MostUrgent,
}

/// Degree of secrecy (độ mật), the lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Secrecy {
    /// Mật.
    Secret,
    /// Tối mật.
    TopSecret,
    /// Tuyệt mật.
    MostSecret,
}

impl Document {
    /// The node with the number `id`; the root where there is no such node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[(id.0 as usize).min(self.nodes.len() - 1)]
    }

    /// The nodes above `id`, nearest first, the root left out.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(id).parent, |up| self.node(*up).parent).filter(|up| up.0 != 0)
    }
}
