//! Registers as NDJSON, for systems: a flat object for each row.

use chrono::NaiveDate;
use serde_json::{Map, Value as Json};

use super::{Column, Register, RegisterError, Value, own};

impl Register {
    /// Reads NDJSON, whole or not at all.
    ///
    /// # Errors
    /// [`RegisterError::Line`] where a line is no JSON object of plain values.
    pub fn from_ndjson(text: &str) -> Result<Self, RegisterError> {
        let mut register = Self::new();
        let lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        for (at, line) in lines {
            let object: Map<String, Json> = serde_json::from_str(line).map_err(|_| RegisterError::Line(at + 1))?;
            let mut row = vec![Value::Empty; register.columns.len()];
            for (name, json) in object {
                let value = value(&json).ok_or(RegisterError::Line(at + 1))?;
                let column = own(&name).map_or_else(|| Column::Hand(name), Column::Own);
                let place = register.columns.iter().position(|known| *known == column).unwrap_or_else(|| {
                    register.columns.push(column);
                    register.columns.len() - 1
                });
                row.resize(register.columns.len(), Value::Empty);
                if let Some(cell) = row.get_mut(place) {
                    *cell = value;
                }
            }
            register.rows.push(row);
        }
        register.complete();
        Ok(register)
    }

    /// The register as NDJSON: the program's keys and the people's own, empty values left out; dates by ISO 8601.
    pub fn to_ndjson(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for row in &self.rows {
            let cells = self.columns.iter().zip(row).filter(|(_, value)| **value != Value::Empty);
            let object: Map<String, Json> = cells.map(|(column, value)| (name(column), json(value))).collect();
            bytes.extend_from_slice(Json::Object(object).to_string().as_bytes());
            bytes.push(b'\n');
        }
        bytes
    }
}

fn name(column: &Column) -> String {
    match column {
        Column::Own(key) => (*key).to_owned(),
        Column::Hand(name) => name.clone(),
    }
}

fn value(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Null => Value::Empty,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(number.as_f64()?),
        Json::String(words) => match words.parse::<NaiveDate>() {
            Ok(day) if words.len() == 10 => Value::Day(day),
            _ => Value::Text(words.clone()),
        },
        Json::Array(_) | Json::Object(_) => return None,
    })
}

fn json(value: &Value) -> Json {
    match value {
        Value::Empty => Json::Null,
        Value::Text(words) => Json::from(words.as_str()),
        // whole numbers stay as people wrote them
        Value::Number(number) | Value::Moment(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Json::from(*number as i64)
        }
        Value::Number(number) | Value::Moment(number) => Json::from(*number),
        Value::Bool(value) => Json::from(*value),
        Value::Day(day) => Json::from(day.format("%Y-%m-%d").to_string()),
        Value::Formula(_, value) => json(value),
    }
}
