//! Going to a date: typed in any form, as of the open briefing's date.

use super::lens::narrowed_to_date;
use crate::app::prompt::{Asks, Line, Prompt, Slip};
use crate::app::state::App;
use crate::corpus::timeline::as_of;
use crate::date::EdtfDate;
use crate::date::reading::parse_asked;
use crate::text::clean_line;

impl App {
    /// Asks for a date.
    pub(super) fn ask_for_date(&mut self) {
        self.open_prompt(Asks::Date { issued: false }, Line::default(), String::new());
        self.prompt_changed();
    }

    /// Says which days the typed date takes, and how much of the lens it would leave.
    pub(super) fn try_date(&mut self) {
        let Some(Prompt { asks: Asks::Date { issued }, line, lens, .. }) = &self.prompt else {
            return;
        };
        let text = line.text().trim();
        let (mut slip, mut outcome) = (None, String::new());
        match self.asked_date(text) {
            None => {}
            Some(Err(problem)) => slip = Some(problem),
            Some(Ok(date)) => {
                let query = narrowed_to_date(lens, &date, *issued);
                let left = self.find_through(&query).map(|lens| lens.briefings.len());
                let left = left.map(|n| format!(" · {n} of {}", self.corpus.entries.len()));
                outcome = format!("{}{}", date.in_words(), left.unwrap_or_default());
            }
        }
        if let Some(prompt) = &mut self.prompt {
            (prompt.slip, prompt.outcome) = (slip, outcome);
        }
    }

    /// The date that a text means as of the open briefing's; `None` where nothing is typed.
    fn asked_date(&self, text: &str) -> Option<Result<EdtfDate, Slip>> {
        if text.is_empty() {
            return None;
        }
        let open = self.open().and_then(|(_, entry)| as_of(entry.date()));
        let today = open.or_else(|| self.newest_day()).unwrap_or_default();
        Some(parse_asked(text, today).map_err(|problem| {
            let help = problem.help.map(|help| format!(": {help}")).unwrap_or_default();
            Slip {
                span: problem.span,
                message: clean_line(&format!("{}{help}", problem.message)).into_owned(),
            }
        }))
    }

    /// The newest day of which any briefing speaks.
    fn newest_day(&self) -> Option<jiff::civil::Date> {
        self.corpus.newest_months().into_iter().find_map(|(latest, _)| latest?.day())
    }

    /// Narrows the lens to the date that was typed.
    pub(super) fn accept_date(&mut self, prompt: &Prompt, issued: bool) {
        self.text.settle();
        let Some(Ok(date)) = self.asked_date(prompt.line.text().trim()) else { return };
        let query = narrowed_to_date(&self.lens.query, &date, issued);
        if self.set_query(&query) {
            let (found, all) = (self.lens.briefings.len(), self.corpus.entries.len());
            let how = if issued { "issued" } else { "happened" };
            self.say(format!("{how} {} · {found} of {all}", date.in_words()));
        }
    }
}
