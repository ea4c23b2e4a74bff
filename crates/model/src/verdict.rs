//! Why a block was taken as a task or passed over.

use crate::{Extraction, NodeId, Span};

/// What `extractor` decided of one document, and by which rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// What was taken.
    pub extraction: Extraction,
    /// What was decided of each block, in the order in which it was read: at least one for every node but the root and the
    /// nodes deeper than any document nests; of a table also one for each row below its head.
    pub verdicts: Vec<Verdict>,
}

/// What one rule decided of one block, or of a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The block.
    pub node: NodeId,
    /// Row of the block's table, from 0, heads counted.
    pub row: Option<usize>,
    /// The words decided on.
    pub span: Span,
    /// The rule that decided.
    pub rule: Rule,
    /// The task that was taken: its number in [`Extraction::tasks`].
    pub task: Option<usize>,
}

/// What a rule makes of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is a task.
    Taken,
    /// It orders nothing that a register of tasks keeps.
    Refused,
    /// It holds or opens other blocks and hands down to them.
    Structure,
}

/// A rule of judgement; [`Rule::as_str`] is its stable name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the table below says what each means")]
pub enum Rule {
    NamesBody,
    FieldLines,
    TableRow,
    InheritedBody,
    OwnPlan,
    Recommendation,
    StatusNamed,
    Formula,
    StandingDuty,
    StandingRule,
    DoneWork,
    Aim,
    Target,
    Funding,
    Preamble,
    GeneralAppeal,
    Report,
    NoVerb,
    NoBody,
    Note,
    NoList,
    Empty,
    NoTaskColumns,
    NoColumnHeads,
    TargetTable,
    ColumnHeadsAgain,
    ColumnNumbers,
    EmptyRow,
    TooDeep,
    Heading,
    NamesBodies,
    ListStem,
    OpensList,
    GeneralOrder,
    PartOfTask,
    Appendix,
    LegalBasis,
    TaskTable,
    GroupRow,
    ContinuedRow,
}

use Outcome::{Refused, Structure, Taken};

/// Rule, stable name, outcome, and what it says in Vietnamese and in English.
type Row = (Rule, &'static str, Outcome, &'static str, &'static str);

#[rustfmt::skip]
const TABLE: [Row; 40] = [
    (Rule::NamesBody, "names-body", Taken, "câu giao việc nêu tên cơ quan thực hiện", "its words lay something on a body that they name"),
    (Rule::FieldLines, "field-lines", Taken, "có dòng ghi đơn vị hoặc thời gian thực hiện đi kèm", "labelled lines with it say who or by when"),
    (Rule::TableRow, "table-row", Taken, "dòng của bảng phân công nhiệm vụ", "a row of a task table"),
    (Rule::InheritedBody, "inherited-body", Taken, "việc phải làm; cơ quan thực hiện nêu ở đề mục, câu dẫn hoặc phần Kính gửi", "something to do, laid on the body that a heading, an opening sentence or the address names"),
    (Rule::OwnPlan, "own-plan", Taken, "việc phải làm, không nêu cơ quan thực hiện", "something to do, and nobody is named"),
    (Rule::Recommendation, "recommendation", Taken, "việc nêu trong phần đề xuất, kiến nghị", "something asked for in a section of recommendations"),
    (Rule::StatusNamed, "status-named", Taken, "báo cáo nêu tình trạng của nhiệm vụ này", "a report says how this task stands"),
    (Rule::Formula, "formula", Refused, "câu theo mẫu (điều khoản thi hành, lời kết)", "a formula: execution clause, closing words"),
    (Rule::StandingDuty, "standing-duty", Refused, "lời dặn báo cáo khi có vướng mắc", "a standing invitation to report difficulties"),
    (Rule::StandingRule, "standing-rule", Refused, "quy định áp dụng lâu dài, không phải việc giao một lần có thời hạn", "a regulation's standing rule, which sets no date"),
    (Rule::DoneWork, "done-work", Refused, "nằm trong phần tình hình, kết quả đã thực hiện", "stands in a section on how things are and what was done"),
    (Rule::Aim, "aim", Refused, "nằm trong phần mục đích, yêu cầu, quan điểm", "stands in a section of aims and demands in general"),
    (Rule::Target, "target", Refused, "nằm trong phần mục tiêu, chỉ tiêu", "stands in a section of targets"),
    (Rule::Funding, "funding", Refused, "nói nguồn kinh phí, không giao việc cho cơ quan nào", "says where money comes from, and lays nothing on anybody"),
    (Rule::Preamble, "preamble", Refused, "đoạn mở đầu, nêu lý do ban hành", "the opening, which tells why the document was made"),
    (Rule::GeneralAppeal, "general-appeal", Refused, "lời yêu cầu chung gửi mọi cơ quan, không có thời hạn", "an appeal to everybody, without a date"),
    (Rule::Report, "report", Refused, "kể việc đã làm hoặc tình hình", "tells of what was done or how things stand"),
    (Rule::NoVerb, "no-verb", Refused, "không bắt đầu như một việc phải làm", "does not begin as something to do"),
    (Rule::NoBody, "no-body", Refused, "đoạn không đánh số, không nêu cơ quan nào", "an unmarked paragraph that names nobody"),
    (Rule::Note, "note", Refused, "ghi chú", "a remark"),
    (Rule::NoList, "no-list", Refused, "kết thúc bằng dấu hai chấm nhưng không có danh sách theo sau", "ends with a colon, and no list follows"),
    (Rule::Empty, "empty", Refused, "không có chữ", "holds no words"),
    (Rule::NoTaskColumns, "no-task-columns", Refused, "bảng không có cột nhiệm vụ kèm cột đơn vị hoặc thời gian", "a table without a column of tasks beside one of bodies or times"),
    (Rule::NoColumnHeads, "no-column-heads", Refused, "bảng không có dòng tiêu đề cột", "a table without column heads"),
    (Rule::TargetTable, "target-table", Refused, "bảng chỉ tiêu", "a table of targets"),
    (Rule::ColumnHeadsAgain, "column-heads-again", Refused, "tiêu đề cột lặp lại ở trang sau", "the column heads, set again on another page"),
    (Rule::ColumnNumbers, "column-numbers", Refused, "dòng đánh số cột", "the numbers of the columns"),
    (Rule::EmptyRow, "empty-row", Refused, "dòng không ghi nhiệm vụ", "a row whose task cell is empty"),
    (Rule::TooDeep, "too-deep", Refused, "lồng quá sâu, không đọc tiếp", "nested too deeply to be followed"),
    (Rule::Heading, "heading", Structure, "đề mục", "a heading"),
    (Rule::NamesBodies, "names-bodies", Structure, "đề mục nêu cơ quan thực hiện các mục dưới", "a heading that names who does what stands below"),
    (Rule::ListStem, "list-stem", Structure, "câu giao việc mở đầu danh sách; các mục dưới theo cơ quan nêu ở đây", "an order that opens a list: those below it are laid on its bodies"),
    (Rule::OpensList, "opens-list", Structure, "câu dẫn vào danh sách", "a sentence that opens a list"),
    (Rule::GeneralOrder, "general-order", Structure, "yêu cầu chung mở đầu danh sách nhiệm vụ", "a general order that opens the list of tasks"),
    (Rule::PartOfTask, "part-of-task", Structure, "nội dung của nhiệm vụ ở trên", "spells out the task above it"),
    (Rule::Appendix, "appendix", Structure, "tên phụ lục hoặc văn bản kèm theo", "the title of an appendix or of a document that comes with this one"),
    (Rule::LegalBasis, "legal-basis", Structure, "căn cứ pháp lý", "the legal basis"),
    (Rule::TaskTable, "task-table", Structure, "bảng phân công nhiệm vụ, mỗi dòng một nhiệm vụ", "a task table: a task a row"),
    (Rule::GroupRow, "group-row", Structure, "dòng tên nhóm nhiệm vụ", "a row that names a group of tasks"),
    (Rule::ContinuedRow, "continued-row", Structure, "phần tiếp theo của nhiệm vụ ở dòng trên", "the rest of the row above, behind a page break"),
];

impl Rule {
    /// All rules: those that take, those that refuse, those that tell what holds other blocks.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    fn row(self) -> &'static Row {
        // rows stand in the order of the variants, as a test proves
        TABLE.get(self as usize).unwrap_or(&TABLE[0])
    }

    /// Its stable name.
    ///
    /// ```
    /// assert_eq!(nhiemvu_model::Rule::StandingDuty.as_str(), "standing-duty");
    /// ```
    pub fn as_str(self) -> &'static str {
        self.row().1
    }

    /// What it makes of a block.
    pub fn outcome(self) -> Outcome {
        self.row().2
    }

    /// What it says, in Vietnamese.
    pub fn vietnamese(self) -> &'static str {
        self.row().3
    }

    /// What it says, in English.
    pub fn english(self) -> &'static str {
        self.row().4
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_rule_has_its_own_row_name_and_words() {
        for (at, row) in TABLE.iter().enumerate() {
            assert_eq!(row.0 as usize, at, "{} stands at its variant's place", row.1);
            assert!(row.1.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", row.1);
        }
        for words in [|row: &Row| row.1, |row: &Row| row.3, |row: &Row| row.4] {
            let all: HashSet<&str> = TABLE.iter().map(words).collect();
            assert_eq!(all.len(), TABLE.len());
        }
    }
}
