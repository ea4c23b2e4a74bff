//! From the model's nouns to the records of the schema.

use chrono::{Datelike, NaiveDate};
use nhiemvu_model::{self as model, LineIndex, PartialDate};

use crate::original::Original;
use crate::record::{
    Agency, Deadline, Deliverable, Document, Field, Generator, Heading, Jurisdiction, Number, Recipient, Reference,
    Signer, SourceInfo, Span, Successor, Target, Task, TaskList, Warning, Word,
};
use crate::words;

/// The record of one document.
///
/// `source` says where the document came from; its media type is filled in where it has none. `text` of the document
/// is left out: [`with_text`] adds it.
pub fn task_list(
    document: &model::Document,
    extraction: &model::Extraction,
    mut source: SourceInfo,
    generator: Generator,
) -> TaskList {
    let out = Writer::new(&document.source);
    source.media_type.get_or_insert(Word::Borrowed(document.source.format.media_type()));
    let diagnostics = [&document.source.diagnostics, &document.diagnostics, &extraction.diagnostics];
    TaskList {
        generator,
        document: out.document(document, extraction, source),
        tasks: extraction.tasks.iter().map(|task| out.task(task)).collect(),
        targets: extraction.targets.iter().map(|target| out.target(target)).collect(),
        warnings: diagnostics.into_iter().flatten().map(|diagnostic| out.warning(diagnostic)).collect(),
        ..TaskList::default()
    }
}

/// Puts the whole text that spans count in into the record.
pub fn with_text(list: &mut TaskList, document: &model::Document) {
    let source = &document.source;
    let text = source.written.as_ref().map_or(source.text.as_str(), model::Written::text);
    list.document.text = Some(text.to_owned());
}

/// Turns byte offsets of one document into what the outside sees.
pub(crate) struct Writer<'a> {
    source: &'a model::Source,
    /// The text as it is written.
    text: &'a str,
    index: LineIndex,
    original: Option<Original<'a>>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(source: &'a model::Source) -> Self {
        let text = source.written.as_ref().map_or(source.text.as_str(), model::Written::text);
        Self { source, text, index: LineIndex::new(text), original: Original::of(source) }
    }

    /// Where a stretch of the text as it is read is written.
    fn place(&self, span: model::Span) -> model::Span {
        self.original.as_ref().map_or(span, |original| original.span(span))
    }

    /// `words`, which were taken from `span`, as the document writes them.
    pub(crate) fn words(&self, words: &str, span: model::Span) -> String {
        self.original.as_ref().map_or_else(|| words.to_owned(), |original| original.words(words, span))
    }

    /// The same of a mended text.
    pub(crate) fn mended(&self, text: &model::Mended) -> String {
        self.words(text.text(), text.whole())
    }

    pub(crate) fn span(&self, span: model::Span) -> Span {
        let (start, end, line) = self.index.locate(self.text, self.place(span));
        Span { start, end, line, page: self.source.page_of(span) }
    }

    pub(crate) fn raw(&self, span: model::Span) -> String {
        self.place(span).slice(self.text).to_owned()
    }

    fn document(&self, document: &model::Document, extraction: &model::Extraction, source: SourceInfo) -> Document {
        let header = &document.header;
        let purposes = header.recipients.iter();
        let bodies = extraction.recipients.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
        Document {
            id: source.sha256.clone().unwrap_or_default(),
            source,
            pages: document.source.pages,
            ocr: document.source.ocr,
            status: Word::Borrowed(if document.source.partial { "partial" } else { "complete" }),
            doc_type: header.doc_type.clone(),
            type_name: header.type_name.clone(),
            number: header.number.as_ref().map(number),
            issuer: extraction.issuer.as_ref().map(|issuer| self.agency(issuer)),
            place: header.place.clone(),
            date: header.date.and_then(date),
            subject: header.subject.as_ref().map(|subject| self.mended(subject)),
            urgency: header.urgency.map(words::urgency),
            secrecy: header.secrecy.map(words::secrecy),
            addressees: self.agencies(&extraction.addressees),
            signer: header.signer.as_ref().map(signer),
            recipients: purposes.zip(bodies).map(|(line, bodies)| self.recipient(line, bodies)).collect(),
            references: self.references(&extraction.references),
            text: None,
        }
    }

    fn recipient(&self, line: &model::Recipient, bodies: &[model::Agency]) -> Recipient {
        Recipient { raw: self.mended(&line.text), agencies: self.agencies(bodies), purpose: line.purpose.clone() }
    }

    pub(crate) fn task(&self, task: &model::Task) -> Task {
        Task {
            id: task.id.clone(),
            ordinal: task.ordinal.clone(),
            section: self.headings(&task.section, task.span),
            kind: words::kind(task.kind),
            title: self.words(&task.title, task.span),
            text: self.words(&task.text, task.span),
            lead: self.agencies(&task.lead),
            coordinating: self.agencies(&task.coordinating),
            monitoring: self.agencies(&task.monitoring),
            report_to: self.agencies(&task.report_to),
            deadlines: task.deadlines.iter().map(|deadline| self.deadline(deadline)).collect(),
            deliverables: task.deliverables.iter().map(|product| self.deliverable(product)).collect(),
            references: self.references(&task.references),
            fields: task.fields.iter().map(|field| self.field(field)).collect(),
            status: task.status.map(words::status),
            flags: task.flags.iter().map(|flag| Word::Borrowed(flag.as_str())).collect(),
            span: self.span(task.span),
            repeats: task.repeats.clone(),
        }
    }

    fn target(&self, target: &model::Target) -> Target {
        Target {
            id: target.id.clone(),
            raw: self.raw(target.span),
            text: self.words(&target.text, self.clause(target)),
            comparator: Word::Borrowed(target.comparator.as_str()),
            value: target.value,
            value_max: target.value_max,
            unit: target.unit.clone(),
            deadline: target.deadline.as_ref().map(|deadline| self.deadline(deadline)),
            section: self.headings(&target.section, target.span),
            span: self.span(target.span),
        }
    }

    pub(crate) fn warning(&self, diagnostic: &model::Diagnostic) -> Warning {
        Warning {
            code: Word::Borrowed(diagnostic.code.as_str()),
            message: diagnostic.message.clone(),
            span: diagnostic.span.map(|span| self.span(span)),
        }
    }

    fn agencies(&self, agencies: &[model::Agency]) -> Vec<Agency> {
        agencies.iter().map(|agency| self.agency(agency)).collect()
    }

    fn agency(&self, agency: &model::Agency) -> Agency {
        Agency {
            // an implied body stands nowhere, and so has no words of its own
            raw: agency.span.map(|span| self.raw(span)).unwrap_or_default(),
            name: agency.name.clone(),
            id: agency.id.clone(),
            kind: words::agency_kind(agency.kind),
            jurisdiction: agency.jurisdiction.as_ref().map(jurisdiction),
            holder: agency.holder.clone(),
            successor: agency.successor.as_ref().and_then(successor),
            via: words::via(agency.via),
            span: agency.span.map(|span| self.span(span)),
        }
    }

    fn deadline(&self, deadline: &model::Deadline) -> Deadline {
        let mut out = Deadline {
            raw: self.raw(deadline.span),
            due: deadline.due.and_then(day),
            time: deadline.time.map(|time| time.to_string()),
            emphasised: deadline.emphasised,
            via: words::deadline_via(deadline.via),
            span: self.span(deadline.span),
            ..Deadline::default()
        };
        out.kind = Word::Borrowed(match &deadline.kind {
            model::DeadlineKind::By { end, inclusive } => {
                out.end = end.and_then(day);
                out.inclusive = Some(*inclusive);
                "by"
            }
            model::DeadlineKind::Within { start, end } => {
                out.start = start.and_then(day);
                out.end = end.and_then(day);
                "within"
            }
            model::DeadlineKind::Recurring(recurrence) => {
                out.rrule = Some(recurrence.rrule());
                "recurring"
            }
            model::DeadlineKind::Relative { count, unit, working_days, anchor } => {
                out.duration = Some(unit.duration(*count));
                out.working_days = *working_days;
                out.anchor = anchor.as_str().map(Word::Borrowed);
                "relative"
            }
            model::DeadlineKind::Ongoing => "ongoing",
            model::DeadlineKind::Immediate => "immediate",
        });
        out
    }

    fn deliverable(&self, product: &model::Deliverable) -> Deliverable {
        Deliverable { text: self.words(&product.text, product.span), span: self.span(product.span) }
    }

    fn references(&self, references: &[model::Reference]) -> Vec<Reference> {
        references
            .iter()
            .map(|reference| Reference {
                raw: self.raw(reference.span),
                doc_type: reference.doc_type.clone(),
                number: reference.number.clone(),
                date: reference.date.and_then(date),
                issuer: reference.issuer.as_ref().map(|issuer| self.agency(issuer)),
                span: self.span(reference.span),
            })
            .collect()
    }

    fn field(&self, field: &model::LabelledValue) -> Field {
        let value = self.words(&field.value, field.span);
        Field { label: field.label.clone(), value, span: self.span(field.span) }
    }

    /// The headings above what stands at `span`.
    fn headings(&self, section: &[model::Heading], span: model::Span) -> Vec<Heading> {
        let title = |title: &str| match &self.original {
            Some(original) => original.words_before(title, span.start),
            None => title.to_owned(),
        };
        section.iter().map(|above| Heading { marker: above.marker.clone(), title: title(&above.title) }).collect()
    }

    /// Where the clause of a target stands, which its figure is a part of.
    fn clause(&self, target: &model::Target) -> model::Span {
        let lines = &self.source.lines;
        let line = self.source.line_at(target.span.start);
        line.or(lines.first()).map_or(target.span, |line| line.span.cover(target.span))
    }
}

fn number(number: &model::Number) -> Number {
    Number { raw: number.raw.clone(), serial: number.serial.clone(), symbol: number.symbol.clone() }
}

fn signer(signer: &model::Signer) -> Signer {
    Signer { name: signer.name.clone(), position: signer.position.clone(), authority: signer.authority.clone() }
}

fn jurisdiction(place: &model::Jurisdiction) -> Jurisdiction {
    Jurisdiction {
        province: place.province.clone(),
        province_code: place.province_code.clone(),
        district: place.district.clone(),
        district_code: place.district_code.clone(),
        commune: place.commune.clone(),
        commune_code: place.commune_code.clone(),
    }
}

fn successor(successor: &model::Successor) -> Option<Successor> {
    Some(Successor { id: successor.id.clone(), name: successor.name.clone(), since: day(successor.since)? })
}

/// ISO 8601; `None` for a year that the format has no four digits for.
fn day(date: NaiveDate) -> Option<String> {
    (0..=9999).contains(&date.year()).then(|| format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
}

fn date(date: PartialDate) -> Option<String> {
    (0..=9999).contains(&date.year).then(|| date.to_string())
}
