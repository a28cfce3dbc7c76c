//! Dossiers: opened over list and text, walked, left for any place in them and come back to.

use super::moving::motion;
use crate::app::command::Action;
use crate::app::dossier::{DossierTarget, DossierView, Subject};
use crate::app::history::{DossierPlace, View};
use crate::app::layout::PaneId;
use crate::app::message::Task;
use crate::app::pane::entities::FacetField;
use crate::app::prompt::{Asks, Line};
use crate::app::state::{Active, App, OpenDossier};
use crate::corpus::query::Query;
use crate::corpus::{ActorId, BriefingId};

impl App {
    /// Opens the dossier of the actor at the point, or narrows the lens to the topic under
    /// the cursor.
    pub(super) fn open_dossier_here(&mut self) {
        if self.focus == PaneId::Entities
            && let Some(facet) = self.entities.under_cursor()
            && facet.field != FacetField::Actor
        {
            return self.narrow(false);
        }
        match self.actor_here() {
            Some(actor) => self.open_dossier(&actor),
            None => self.say("no actor here"),
        }
    }

    /// Opens the dossier of an actor.
    pub(super) fn open_dossier(&mut self, actor: &Active) {
        match self.corpus.concordance.find(&actor.id) {
            Some(id) => self.show_dossier(Subject::Actor(id)),
            None => self.say("the texts are still being looked through: a moment"),
        }
    }

    /// Opens the dossier of two actors: the two first that the lens names, else the active one and
    /// the one here.
    pub(super) fn open_dyad(&mut self) {
        let find = |id: &str| self.corpus.concordance.find(id);
        let named: Vec<ActorId> =
            self.lens.query.conjuncts().filter_map(|part| find(part.as_actor()?)).collect();
        let active = self.active.as_ref().and_then(|active| find(&active.id));
        let here = self.actor_here().and_then(|actor| find(&actor.id));
        let both = match (named.as_slice(), active, here) {
            ([one, other, ..], _, _) => Some((*one, *other)),
            ([one], Some(other), _) | ([one], None, Some(other)) if *one != other => {
                Some((*one, other))
            }
            (_, Some(one), Some(other)) if one != other => Some((one, other)),
            _ => None,
        };
        match both {
            Some((one, other)) => self.show_dossier(Subject::Dyad(one, other)),
            None => self.say("two actors make a dyad: name both in the lens, or light one up"),
        }
    }

    pub(super) fn show_dossier(&mut self, subject: Subject) {
        let before = self.view();
        let height = self.dossier_height();
        let view = DossierView::open(&self.corpus, subject, self.inferred, height);
        let beneath = View { dossier: None, ..before.clone() };
        self.dossier = Some(OpenDossier { view, beneath });
        self.follow_dossier();
        self.note_jump(before);
    }

    /// Where one is in the open dossier.
    pub(super) fn dossier_place(&self) -> Option<DossierPlace> {
        let view = &self.dossier.as_ref()?.view;
        Some(DossierPlace {
            ids: view.subject_ids().to_vec(),
            order: view.order,
            filter: view.filter.clone(),
            row: view.anchor(&self.corpus),
        })
    }

    /// Opens a dossier again, on the same row.
    pub(super) fn restore_dossier(&mut self, view: &View) {
        self.dossier = None;
        let Some(place) = &view.dossier else { return };
        let find = |id: &String| self.corpus.concordance.find(id);
        let ids: Option<Vec<ActorId>> = place.ids.iter().map(find).collect();
        let subject = match ids.as_deref() {
            Some([one]) => Subject::Actor(*one),
            Some([one, other]) => Subject::Dyad(*one, *other),
            _ => return self.warn(format!("`{}` is no longer in the corpus", place.ids.join(" "))),
        };
        let height = self.dossier_height();
        let mut dossier = DossierView::open(&self.corpus, subject, self.inferred, height);
        if dossier.order != place.order {
            dossier.turn(&self.corpus, height);
        }
        if !place.filter.is_empty() {
            dossier.narrow(&self.corpus, &place.filter, height);
        }
        if let Some(row) = &place.row {
            dossier.stand_on(&self.corpus, row, height);
        }
        let beneath = View { dossier: None, ..view.clone() };
        self.dossier = Some(OpenDossier { view: dossier, beneath });
        self.follow_dossier();
    }

    /// The dossier as of what is known now.
    pub(super) fn refresh_dossier(&mut self, before: &crate::corpus::Corpus) {
        let height = self.dossier_height();
        let Some(open) = self.dossier.take() else { return };
        let view = open.view.reopened(before, &self.corpus, self.inferred, height);
        self.dossier = view.map(|view| OpenDossier { view, ..open });
        self.follow_dossier();
    }

    /// What an action does while a dossier is open.
    pub(super) fn act_in_dossier(&mut self, action: Action, count: Option<usize>) -> Vec<Task> {
        let height = self.dossier_height();
        let Some(OpenDossier { view, .. }) = &mut self.dossier else { return Vec::new() };
        match action {
            Action::Open => self.open_in_dossier(),
            Action::Escape if !view.filter.is_empty() => view.narrow(&self.corpus, "", height),
            Action::Escape | Action::Quit | Action::Interrupt => self.close_dossier(),
            Action::Sort => view.turn(&self.corpus, height),
            Action::Find => {
                let filter = view.filter.clone();
                self.open_prompt(Asks::Rows, Line::new(filter.clone()), filter);
            }
            Action::NextPane | Action::PreviousPane => {
                view.next_section(action == Action::NextPane, height);
            }
            Action::NextWithOne | Action::PreviousWithOne => {
                for _ in 0..count.unwrap_or(1) {
                    if !view.next_briefing(action == Action::NextWithOne, height) {
                        break;
                    }
                }
            }
            Action::Narrow | Action::Exclude => self.narrow_to_dossier(action == Action::Exclude),
            Action::MakeActive => self.activate_in_dossier(),
            Action::Dyad | Action::DyadDossier => self.add_to_dossier(),
            Action::Edit => return self.edit(),
            Action::Back
            | Action::Forward
            | Action::SwapPlaces
            | Action::Places
            | Action::FindActor
            | Action::DossierOf
            | Action::Help
            | Action::Palette
            | Action::Lens
            | Action::Lenses
            | Action::GoToDate
            | Action::ToggleInferred
            | Action::Problems => return self.act(action, count),
            _ => view.go(motion(action, count, height), height),
        }
        self.follow_dossier();
        Vec::new()
    }

    /// Shows only rows with these words.
    pub(super) fn filter_dossier(&mut self, words: &str) {
        let height = self.dossier_height();
        if let Some(open) = &mut self.dossier {
            open.view.narrow(&self.corpus, words, height);
        }
        self.follow_dossier();
    }

    /// Entities and timeline follow the row under the cursor, where they are in view.
    pub(super) fn follow_dossier(&mut self) {
        let Some(target) = self.dossier.as_ref().and_then(|open| open.view.under_cursor()) else {
            return;
        };
        let briefing = match target {
            DossierTarget::Place { briefing, .. } | DossierTarget::Briefing(briefing) => briefing,
            DossierTarget::Event(at) => at.briefing,
            DossierTarget::Actor(_) => return,
        };
        if self.text.briefing() != Some(briefing) {
            self.show_briefing(Some(briefing));
        }
    }

    fn open_in_dossier(&mut self) {
        let Some(target) = self.dossier.as_ref().and_then(|open| open.view.under_cursor()) else {
            return self.say("nothing here leads anywhere");
        };
        match target {
            DossierTarget::Actor(actor) => self.show_dossier(Subject::Actor(actor)),
            DossierTarget::Place { briefing, offset } => self.leave_dossier_for(briefing, |app| {
                app.text.go_to_mention(offset);
            }),
            DossierTarget::Briefing(briefing) => self.leave_dossier_for(briefing, |_| {}),
            DossierTarget::Event(at) => {
                let event = at.find_in(&self.corpus);
                let quote = event.and_then(|event| event.quote.clone());
                self.leave_dossier_for(at.briefing, |app| {
                    if let Some(quote) = quote {
                        app.text.go_to_words(&quote);
                    }
                });
            }
        }
    }

    /// Opens a briefing in the place of the dossier, with its subject lit.
    fn leave_dossier_for(&mut self, briefing: BriefingId, then: impl FnOnce(&mut Self)) {
        let before = self.view();
        let subject = self.dossier_subject();
        self.dossier = None;
        self.open_briefing(briefing);
        if let Some(subject) = subject {
            self.activate(subject);
        }
        self.focus_on(PaneId::Text);
        then(self);
        self.count_across_soon();
        self.note_jump(before);
    }

    /// The first actor that the dossier is about.
    fn dossier_subject(&self) -> Option<Active> {
        self.active_of(self.dossier_ids()?.into_iter().next()?)
    }

    fn dossier_ids(&self) -> Option<Vec<ActorId>> {
        let ids = self.dossier.as_ref()?.view.subject_ids();
        ids.iter().map(|id| self.corpus.concordance.find(id)).collect()
    }

    fn active_of(&self, id: ActorId) -> Option<Active> {
        let actor = &self.corpus.concordance.actor(id)?.actor;
        Some(Active { id: actor.id.clone(), name: actor.name.clone() })
    }

    /// The actor of the row under the cursor, where it is one.
    fn actor_in_dossier(&self) -> Option<ActorId> {
        match self.dossier.as_ref()?.view.under_cursor()? {
            DossierTarget::Actor(actor) => Some(actor),
            _ => None,
        }
    }

    fn close_dossier(&mut self) {
        let before = self.view();
        if let Some(open) = self.dossier.take() {
            self.restore(&open.beneath);
            self.note_jump(before);
        }
    }

    /// Narrows the lens to the actor of the row, else to those whom the dossier is about.
    fn narrow_to_dossier(&mut self, exclude: bool) {
        let ids = self.actor_in_dossier().map(|id| vec![id]).or_else(|| self.dossier_ids());
        let ids = ids.unwrap_or_default();
        let before = self.view();
        let actors = ids.iter().filter_map(|id| self.active_of(*id));
        let query = actors.fold(Query::default(), |all, actor| all.and(Query::actor(&actor.id)));
        let query = if exclude { query.negated() } else { query };
        let query = self.lens.query.clone().and(query);
        if let Some(open) = self.dossier.take() {
            self.restore(&open.beneath);
        }
        if self.set_query(&query) {
            self.focus_on(PaneId::Briefings);
            self.note_jump(before);
        }
    }

    /// Lights up the actor of the row, else the one whom the dossier is about.
    fn activate_in_dossier(&mut self) {
        let row = self.actor_in_dossier().and_then(|id| self.active_of(id));
        if let Some(active) = row.or_else(|| self.dossier_subject()) {
            self.activate(active);
            self.say_walk(None);
        }
    }

    /// The dossier of its subject together with the actor of the row.
    fn add_to_dossier(&mut self) {
        let subject = self.dossier_ids().and_then(|ids| ids.into_iter().next());
        match (subject, self.actor_in_dossier()) {
            (Some(one), Some(other)) if one != other => {
                self.show_dossier(Subject::Dyad(one, other));
            }
            _ => self.say("put the cursor on somebody he appears with: then the two of them"),
        }
    }
}
