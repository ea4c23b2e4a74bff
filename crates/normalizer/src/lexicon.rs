//! The words around names: quantifiers, titles, nouns for groups and their tails, heads of names.

use crate::table;
use crate::trie::{Trie, path};
use crate::words::{FIRST_WORD, FastMap, Word, Words};

macro_rules! control {
    ($($name:ident $text:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u32)]
        enum Index { $($name),* }
        $(pub(crate) const $name: Word = FIRST_WORD + Index::$name as Word;)*
        const CONTROL: &[&str] = &[$($text),*];
    };
}

// Words that rules name. They are the first in the vocabulary, so that their numbers are constants.
control! {
    VE "về"    PHONG "phòng"    DOI "đội"    HOI "hội"    VA "và" CUNG "cùng" VOI "với" HOAC "hoặc" CAC "các" NHUNG "những" MOI "mọi" TOAN "toàn" THE "thể" TAT "tất"
    CA "cả" MOT "một" SO_COUNT "số" TUNG "từng" CUA "của" THUOC "thuộc" TAI "tại" O "ở" TREN "trên" TRONG "trong"
    DIA "địa" TINH "tỉnh" THANH "thành" PHO_CITY "phố" TP "tp" HUYEN "huyện" QUAN "quận" THI "thị" XA "xã" TRAN "trấn"
    PHUONG "phường" DAC "đặc" KHU "khu" CAP "cấp" SO "sở" BO "bộ" BAN "ban" TX "tx" CO "cơ" TRU "trụ" CONG "công"
    CAN "cán" DONG "đồng" NOI "nội" TIEN "tiến" NAM "nam" TRUNG "trung" BAC "bắc" CHU "chủ" TRI "trì" DE "đề" AN "án"
    VU "vụ" PHO "phó" TO "tổ" NGANH "ngành"
    CHINH "chính" PHU "phủ" DIEN "điện" TU "tử" LIEN "liên"
}

/// First words of what stands for several bodies.
pub(crate) const PLURALS: &[Word] = &[CAC, NHUNG, MOI, TUNG, TOAN, TAT, MOT];

/// First words of groups that need no word for several (`sở, ban, ngành`, `bộ, ngành`, `cơ quan, đơn vị`, `cấp có thẩm
/// quyền`).
pub(crate) const BARE_GROUPS: &[Word] = &[SO, BO, BAN, CO, CAP];

/// What a noun of a group stands for, which decides how far a comma carries the group on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GroupClass {
    /// Public bodies (sở, ban, ngành, cơ quan, đơn vị).
    Body,
    /// Levels of places (xã, phường).
    Place,
    /// Schools and institutes.
    School,
    /// A kind of school that leans on the noun before it (`trường đại học, cao đẳng`).
    SchoolKind,
    /// Businesses and people.
    Business,
    /// Words for whoever is in charge (`cấp có thẩm quyền`), which stand alone.
    Special,
    /// Those of one calling or field (giáo viên, ngành Y tế, cơ quan thuế), each of whom a list names apart.
    Staff,
    /// Nouns that name one body alone, and several behind a word for several (`các huyện ủy, thành ủy`, `các công đoàn`).
    Named,
    /// Others.
    Other,
}

impl GroupClass {
    /// The class that counts behind a word for several.
    pub fn of_several(self) -> Self {
        if self == Self::Named { Self::Body } else { self }
    }
}

/// A title, with the first words of the body that it names itself (`Chánh Văn phòng` is of a `Văn phòng`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Title {
    /// How many of its last words belong to the body's name.
    pub shared: u8,
}

/// Heads that a list may leave out before its later names (`các Tập đoàn: A, B`).
const ELIDABLE: &[&str] = &[
    "sở",
    "bộ",
    "ban",
    "tập đoàn",
    "tổng công ty",
    "trường đại học",
    "đại học",
    "hội",
    "hiệp hội",
    "cục",
    "chi cục",
    "trung tâm",
    "ngân hàng",
    "công ty",
    "viện",
    "ủy ban",
];

/// See the module.
pub(crate) struct Lexicon {
    pub titles: Trie<Title>,
    pub groups: Trie<GroupClass>,
    pub tails: Trie<()>,
    pub heads: Trie<()>,
    pub stops: Trie<()>,
    /// Names that are also written with a small first letter.
    pub lowercase: Trie<()>,
    /// Parts that are named with the body that they belong to.
    pub parts: Trie<()>,
    /// Committees and working groups.
    pub committees: Trie<()>,
    /// Compounds of which names are made (`khoa học`).
    pub compounds: Trie<()>,
    /// Longer words that begin like a noun for bodies (`sở hữu`, `hội nghị`).
    pub others: Trie<()>,
    /// Ranks and degrees before somebody's name (cấp hàm, học vị).
    pub ranks: Trie<()>,
    /// Abbreviations that are written out in the names of bodies that the registry does not hold.
    pub expand: FastMap<Word, &'static str>,
    /// Kinds of places below the commune (thôn, tổ dân phố).
    pub hamlets: Trie<()>,
    /// Heads that a list may leave out before its later names.
    pub elidable: Trie<()>,
}

impl Lexicon {
    pub fn load(words: &mut Words) -> Self {
        for word in CONTROL {
            words.intern(word);
        }
        let mut lexicon = Self {
            titles: Trie::default(),
            groups: Trie::default(),
            tails: Trie::default(),
            heads: Trie::default(),
            stops: Trie::default(),
            lowercase: Trie::default(),
            parts: Trie::default(),
            committees: Trie::default(),
            compounds: Trie::default(),
            others: Trie::default(),
            ranks: Trie::default(),
            hamlets: Trie::default(),
            elidable: Trie::default(),
            expand: FastMap::default(),
        };
        for row in table::rows(include_str!("../data/titles.tsv")) {
            let shared = row.get(1).split_whitespace().count() as u8;
            let shared = if row.get(0).ends_with(row.get(1)) { shared } else { 0 };
            lexicon.titles.insert(&path(row.get(0), words), Title { shared });
        }
        for row in table::rows(include_str!("../data/groups.tsv")) {
            let class = match row.get(1) {
                "a" => GroupClass::Body,
                "p" => GroupClass::Place,
                "u" => GroupClass::School,
                "v" => GroupClass::SchoolKind,
                "b" => GroupClass::Business,
                "s" => GroupClass::Special,
                "g" => GroupClass::Staff,
                "n" => GroupClass::Named,
                _ => GroupClass::Other,
            };
            lexicon.groups.insert(&path(row.get(0), words), class);
        }
        for (trie, tsv) in [
            (&mut lexicon.tails, include_str!("../data/tails.tsv")),
            (&mut lexicon.heads, include_str!("../data/heads.tsv")),
            (&mut lexicon.stops, include_str!("../data/stops.tsv")),
            (&mut lexicon.lowercase, include_str!("../data/lowercase.tsv")),
            (&mut lexicon.parts, include_str!("../data/parts.tsv")),
            (&mut lexicon.committees, include_str!("../data/committees.tsv")),
            (&mut lexicon.compounds, include_str!("../data/compounds.tsv")),
            (&mut lexicon.others, include_str!("../data/others.tsv")),
            (&mut lexicon.ranks, include_str!("../data/ranks.tsv")),
            (&mut lexicon.hamlets, include_str!("../data/hamlets.tsv")),
        ] {
            for row in table::rows(tsv) {
                trie.insert(&path(row.get(0), words), ());
            }
        }
        for row in table::rows(include_str!("../data/expand.tsv")) {
            let short = words.intern(&nhiemvu_text::fold_key(row.get(0)));
            lexicon.expand.insert(short, row.get(1));
        }
        for head in ELIDABLE {
            lexicon.elidable.insert(&path(head, words), ());
        }
        lexicon
    }
}
