//! Who is one actor, and who two.

use super::*;
use crate::actor::read_gazetteer;
use crate::briefing::{Alias, Kind, read_actors};

fn entity(id: Option<&str>, name: &str) -> Entity {
    Entity { id: id.map(Into::into), name: name.into(), ..Entity::default() }
}

#[test]
fn a_briefings_bare_name_takes_what_is_known() {
    let mut erdogan = entity(Some("recep-tayyip-erdogan"), "Recep Tayyip Erdoğan");
    erdogan.kind = Some(Kind::Person);
    erdogan.country = Some("TUR".into());
    erdogan.aliases = vec![Alias { text: "Erdoğan".into(), ..Alias::default() }];
    let registry = Registry::new(&[erdogan], Vec::new());
    let declared = entity(None, "Erdogan");
    let base = registry.meant_by(&declared).map(|at| &registry.actors()[at].entity);
    let actor = Actor::declared(&declared, base);
    assert_eq!(
        (actor.id.as_str(), actor.kind, actor.country.as_deref()),
        ("recep-tayyip-erdogan", Kind::Person, Some("TUR"))
    );
    assert!(actor.aliases.iter().any(|alias| alias.text == "Recep Tayyip Erdoğan"));
    assert_eq!(registry.meant_by(&entity(None, "Sauli Niinistö")), None);
    let stranger = Actor::declared(&entity(None, "Sauli Niinistö"), None);
    assert_eq!((stranger.id.as_str(), stranger.kind), ("sauli-niinisto", Kind::Other));
}

#[test]
fn two_ids_are_two_actors_whatever_their_names() {
    let registry = Registry::new(&[entity(Some("georgia-us"), "Georgia")], Vec::new());
    assert_eq!(registry.meant_by(&entity(Some("georgia"), "Georgia")), None);
}

#[test]
fn the_corpus_has_the_last_word_over_the_gazetteer() {
    let mut nato = entity(Some("nato"), "NATO");
    nato.wikidata = Some("Q7184".into());
    let mut long = entity(Some("north-atlantic-treaty"), "North Atlantic Treaty Organization");
    long.wikidata = Some("Q7184".into());
    long.kind = Some(Kind::Alliance);
    let registry = Registry::new(&[nato], vec![long]);
    let [known] = registry.actors() else { panic!("{:?}", registry.actors()) };
    assert_eq!((known.rank, known.entity.name.as_str()), (Rank::Corpus, "NATO"));
    assert_eq!(known.entity.kind, Some(Kind::Alliance));
    assert_eq!(registry.find("north atlantic treaty organization"), Some(0));
    assert_eq!(registry.find("north-atlantic-treaty"), Some(0));
}

#[test]
fn a_list_may_leave_the_id_to_the_gazetteer() {
    let mut long = entity(Some("recep-tayyip-erdogan"), "Recep Tayyip Erdoğan");
    long.aliases = vec![Alias { text: "Erdoğan".into(), ..Alias::default() }];
    let registry = Registry::new(&[entity(None, "Erdogan")], vec![long]);
    let [known] = registry.actors() else { panic!("{:?}", registry.actors()) };
    assert_eq!(known.entity.id.as_deref(), Some("recep-tayyip-erdogan"));
    assert_eq!(known.facts.id, [FactSource::Gazetteer]);
    assert_eq!(known.facts.declared.len(), 2);
}

#[test]
fn lists_of_two_folders_share_an_actor_where_nothing_speaks_against_it() {
    for (first, second, count) in [
        ("{id: wang, name: Wang Yi}", "{id: wang, name: Wang Yi, aliases: [Wang]}", 1),
        ("{id: wang, name: Wang Yi}", "{id: wang, name: Wang Wenbin}", 2),
        ("{name: Wang}", "{name: Wang}", 2),
        ("{name: Wang Yi}", "{name: Wang Yi, country: CHN}", 1),
        ("{name: Wang Yi, country: CHN}", "{name: Wang Yi, country: SGP}", 2),
        ("{id: a, name: A, wikidata: Q1}", "{id: b, name: B, wikidata: Q1}", 1),
    ] {
        let read = |text: &str| read_actors(format!("- {text}\n").as_bytes()).actors;
        let (first, second) = (read(first), read(second));
        let lists = [("a/actors.yaml", &first), ("b/actors.yaml", &second)];
        let lists = lists.map(|(file, actors)| DeclaredList { file, actors });
        let registry = Registry::of_lists(&lists, &|_, _| false, Vec::new());
        assert_eq!(registry.actors().len(), count, "{first:?} {second:?}");
        let last = registry.actors().last().and_then(|known| known.facts.declared.last());
        let last = last.map(|source| registry.source_in_words(*source));
        assert_eq!(last.as_deref(), Some("b/actors.yaml:1"));
    }
}

#[test]
fn a_declaration_gives_the_same_actor_whether_or_not_it_shares_what_is_known() {
    let gazetteer = read_gazetteer();
    let registry = Registry::new(&[], gazetteer.clone());
    let scope = Scope::Everywhere;
    for known in &gazetteer {
        let plain = entity(None, &known.name);
        let alias = Alias { text: "Somebody".into(), ..Alias::default() };
        for declared in [
            plain.clone(),
            Entity { role: Some("Envoy".into()), ..plain.clone() },
            Entity { kind: Some(Kind::Other), country: Some("FIN".into()), ..plain.clone() },
            Entity { id: known.id.clone(), role: known.role.clone(), ..plain.clone() },
            Entity { id: known.id.clone(), aliases: vec![alias], ..plain.clone() },
            Entity { id: known.id.clone(), ..entity(None, "Somebody") },
        ] {
            let at = registry.meant_by(&declared);
            let base = at.map(|at| &registry.actors()[at].entity);
            let actor = registry.declared(&scope, &declared, at);
            assert_eq!(*actor, Actor::declared(&declared, base));
        }
        let at = registry.find_id(known.id.as_deref().unwrap()).unwrap();
        assert_eq!(*registry.actor(at).unwrap(), Actor::declared(known, None));
    }
}
