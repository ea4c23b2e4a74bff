//! Which runs of `*` and `_` in a block of text are emphasis.
//!
//! Stars are switches: one turns italics on or off, two bold, three both, four nothing. Unlike `CommonMark`'s rule this
//! reads emphasis that closes after a space or opens before a line break, as converters write it.

/// What a run of marks does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// It is text: a note's mark, a product sign, a blank to fill in.
    Literal,
    /// It switches bold, italics, or both; or nothing, and only vanishes.
    Switch { bold: bool, italic: bool },
}

const VANISH: Action = Action::Switch { bold: false, italic: false };

/// A run of marks in the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// First byte.
    pub(crate) at: usize,
    /// Number of marks.
    pub(crate) len: usize,
    /// What it does.
    pub(crate) action: Action,
}

/// A block of lines that emphasis may run through, and the items in it.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) text: String,
    /// For each list item: where its line starts, and where its words start after indent and bullet.
    pub(crate) items: Vec<(usize, usize)>,
}

/// All runs of stars and underscores of the block, in order.
pub(crate) fn plan(block: &Block) -> Vec<Run> {
    let mut runs = collect(block);
    switch_stars(block, &mut runs);
    pair_underscores(&block.text, &mut runs);
    runs
}

fn collect(block: &Block) -> Vec<Run> {
    let bytes = block.text.as_bytes();
    let mut runs = Vec::new();
    let mut items = block.items.iter().peekable();
    let mut at = 0;
    'marks: while let Some(mark) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'\\', b'*', b'_', rest)) {
        at += mark;
        while let Some((_, words)) = items.next_if(|(start, _)| *start <= at) {
            if *words > at {
                // an item's bullet may be a star
                at = *words;
                continue 'marks;
            }
        }
        if bytes[at] == b'\\' {
            at += 2;
            continue;
        }
        let len = bytes[at..].iter().take_while(|byte| **byte == bytes[at]).count();
        runs.push(Run { at, len, action: Action::Literal });
        at += len;
    }
    runs
}

/// The characters before and after a run; white space at the ends of the block.
fn around(text: &str, run: &Run) -> (char, char) {
    let before = text.get(..run.at).and_then(|s| s.chars().next_back()).unwrap_or('\n');
    let after = text.get(run.at + run.len..).and_then(|s| s.chars().next()).unwrap_or('\n');
    (before, after)
}

/// How many times the run could switch (bold, italics).
fn switches(text: &str, run: &Run) -> (usize, usize) {
    let (before, after) = around(text, run);
    let in_brackets = before == '(' && after == ')';
    let product = before.is_ascii_digit() && after.is_ascii_digit();
    if text.as_bytes().get(run.at) != Some(&b'*') || in_brackets || run.len > 4 {
        return (0, 0);
    }
    match run.len {
        1 if product => (0, 0),
        1 => (0, 1),
        2 => (1, 0),
        3 => (1, 1),
        _ => (2, 0),
    }
}

fn switch_stars(block: &Block, runs: &mut [Run]) {
    let text = &block.text;
    let mut items = block.items.iter().map(|(start, _)| *start).peekable();
    let (mut bold, mut italic): (Option<usize>, Option<usize>) = (None, None);
    for i in 0..runs.len() {
        let run = runs[i];
        if items.next_if(|start| *start <= run.at).is_some() {
            while items.next_if(|start| *start <= run.at).is_some() {}
            let end = items.peek().copied().unwrap_or(text.len());
            let (bolds, italics) = odd_switches(text, &runs[i..], end);
            // emphasis goes on into the next item only where it is closed there
            bold = bold.take_if(|_| bolds).or_else(|| give_up(runs, bold, false));
            italic = italic.take_if(|_| italics).or_else(|| give_up(runs, italic, true));
        }
        let (bolds, italics) = switches(text, &run);
        let (before, after) = around(text, &run);
        let alone = run.len == 1 && italic.is_none() && after.is_whitespace();
        // a star behind a word opens nothing where white space or a bracket follows: it calls a note
        let call =
            run.len == 1 && italic.is_none() && !before.is_whitespace() && matches!(after, ')' | ',' | ';' | '.' | ':');
        if (bolds, italics) == (0, 0) || alone || call {
            continue;
        }
        runs[i].action = Action::Switch { bold: bolds == 1, italic: italics == 1 };
        // four stars close and open again: what they opened may never be closed
        if bolds == 1 && bold.is_some() {
            bold = None;
        } else if bolds == 1 || bold.is_some() && bolds == 2 {
            bold = Some(i);
        }
        if italics == 1 {
            italic = if italic.is_some() { None } else { Some(i) };
        }
    }
    give_up(runs, bold, false);
    give_up(runs, italic, true);
}

/// Whether the runs before `end` switch bold, and italics, an odd number of times.
fn odd_switches(text: &str, runs: &[Run], end: usize) -> (bool, bool) {
    let inside = runs.iter().take_while(|run| run.at < end);
    let (bolds, italics) = inside.fold((0, 0), |(b, i), run| {
        let (bolds, italics) = switches(text, run);
        (b + bolds, i + italics)
    });
    (bolds % 2 == 1, italics % 2 == 1)
}

/// The run that opened something that is never closed: two stars vanish, a single one was a star, four only close.
fn give_up(runs: &mut [Run], opener: Option<usize>, single: bool) -> Option<usize> {
    if let Some(run) = opener.and_then(|i| runs.get_mut(i)) {
        run.action = match run.action {
            Action::Switch { bold, .. } if single && run.len == 3 => Action::Switch { bold, italic: false },
            _ if run.len == 4 => Action::Switch { bold: true, italic: false },
            Action::Switch { italic, .. } if run.len == 3 => Action::Switch { bold: false, italic },
            _ if single => Action::Literal,
            _ => VANISH,
        };
    }
    None
}

/// Underscores follow `CommonMark`'s rule, because they stand inside words (`VN_AQI`) and as blanks to fill in.
fn pair_underscores(text: &str, runs: &mut [Run]) {
    let mut open: [Option<usize>; 4] = [None; 4];
    for i in 0..runs.len() {
        let run = runs[i];
        if text.as_bytes().get(run.at) != Some(&b'_') || run.len > 3 {
            continue;
        }
        let (before, after) = around(text, &run);
        let closes = !before.is_whitespace() && !after.is_alphanumeric();
        let opens = !after.is_whitespace() && !before.is_alphanumeric();
        let action = Action::Switch { bold: run.len > 1, italic: run.len != 2 };
        match open[run.len] {
            Some(opener) if closes => {
                runs[opener].action = action;
                runs[i].action = action;
                open[run.len] = None;
            }
            _ if opens => open[run.len] = Some(i),
            _ => {}
        }
    }
}
