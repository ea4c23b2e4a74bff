//! The table of words that `tesseract` gives.

/// A word that was recognised.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word {
    /// Page of the picture file, from 1.
    pub page: u32,
    /// The line that the program put it in: block, paragraph, line.
    pub line: (u32, u32, u32),
    /// Left edge, in pixels.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Confidence, 0 to 100.
    pub confidence: f32,
    /// Its characters.
    pub text: String,
    /// Width of the whole page.
    pub page_width: f32,
    /// Height of the whole page.
    pub page_height: f32,
}

/// Reads the rows of words; rows that are damaged are left out.
pub(crate) fn parse(tsv: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut page = (0.0, 0.0);
    for row in tsv.lines().skip(1) {
        let mut fields = row.split('\t');
        let mut number = || fields.next().and_then(|field| field.parse::<f32>().ok());
        let figures: Option<Vec<f32>> = (0..11).map(|_| number()).collect();
        let Some([level, sheet, block, paragraph, line, _, left, top, width, height, confidence]) =
            figures.and_then(|figures| <[f32; 11]>::try_from(figures).ok())
        else {
            continue;
        };
        if level < 1.5 {
            page = (width, height);
        }
        let text = fields.next().unwrap_or("").trim();
        if level > 4.5 && !text.is_empty() {
            let line = (block as u32, paragraph as u32, line as u32);
            let text = text.to_owned();
            let (page_width, page_height) = page;
            words.push(Word {
                page: sheet as u32,
                line,
                left,
                top,
                width,
                height,
                confidence,
                text,
                page_width,
                page_height,
            });
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_with_their_page() {
        let tsv = "level\tpage_num\t…\n1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n\
                   5\t1\t2\t1\t3\t1\t300\t400\t120\t40\t96.5\tngày\n5\t1\t2\t1\t3\t2\t430\t400\t20\t40\t95\t \nbroken\n";
        let words = parse(tsv);
        assert_eq!(words.len(), 1);
        assert_eq!((words[0].line, words[0].left, words[0].text.as_str()), ((2, 1, 3), 300.0, "ngày"));
        assert_eq!((words[0].page_width, words[0].page_height), (2480.0, 3508.0));
    }
}
