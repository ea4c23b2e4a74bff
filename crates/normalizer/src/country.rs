//! Countries in brackets behind foreign bodies.

use crate::scan::Finder;
use crate::words::{CLOSE, OPEN};

impl Finder<'_> {
    /// End of the country in brackets behind a foreign body: `Viện Nghiên cứu Mila (Canada)`.
    pub fn country_end(&self, at: usize) -> Option<usize> {
        const COUNTRIES: [&str; 67] = [
            "ai cập",
            "anh",
            "argentina",
            "australia",
            "ba lan",
            "bangladesh",
            "brazil",
            "brunei",
            "bỉ",
            "bồ đào nha",
            "campuchia",
            "canada",
            "chi lê",
            "cuba",
            "các tiểu vương quốc ả rập thống nhất",
            "cộng hòa séc",
            "estonia",
            "hoa kỳ",
            "hungary",
            "hy lạp",
            "hà lan",
            "hàn quốc",
            "hồng kông",
            "indonesia",
            "ireland",
            "israel",
            "italia",
            "kazakhstan",
            "liên bang nga",
            "luxembourg",
            "lào",
            "malaysia",
            "mexico",
            "myanmar",
            "mông cổ",
            "mỹ",
            "na uy",
            "nam phi",
            "new zealand",
            "nga",
            "nhật bản",
            "pakistan",
            "philippines",
            "pháp",
            "phần lan",
            "qatar",
            "rumani",
            "singapore",
            "sri lanka",
            "séc",
            "thái lan",
            "thổ nhĩ kỳ",
            "thụy sĩ",
            "thụy điển",
            "trung quốc",
            "tây ban nha",
            "uae",
            "ukraina",
            "vương quốc anh",
            "áo",
            "úc",
            "ý",
            "đan mạch",
            "đài loan",
            "đức",
            "ả rập xê út",
            "ấn độ",
        ];
        let country = COUNTRIES.iter().find(|name| {
            let words = name.split(' ').count();
            name.split(' ').zip(at + 1..).all(|(word, i)| self.text.folded(i) == word)
                && self.text.word(at + 1 + words) == CLOSE
        })?;
        (self.text.word(at) == OPEN).then(|| at + 2 + country.split(' ').count())
    }
}
