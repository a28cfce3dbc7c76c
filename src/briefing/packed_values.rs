//! Values of keys that the format does not know, in a form from which serde makes them again without
//! being told what they are: `Value` itself asks the data, and compact formats do not say.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_yaml::value::{Tag, TaggedValue};
use serde_yaml::{Mapping, Number, Value};

/// A value of such texts and items, with its own kind written down.
#[derive(Serialize, Deserialize)]
enum Packed<T, I> {
    Null,
    Bool(bool),
    Positive(u64),
    Negative(i64),
    Float(f64),
    Text(T),
    List(Vec<I>),
    Map(Vec<(I, I)>),
    Tagged(String, Box<I>),
}

#[derive(Serialize)]
#[serde(transparent)]
struct Written<'a>(Packed<&'a str, Written<'a>>);

#[derive(Deserialize)]
#[serde(transparent)]
struct Read(Packed<String, Read>);

impl<'a> From<&'a Value> for Written<'a> {
    fn from(value: &'a Value) -> Self {
        Self(match value {
            Value::Null => Packed::Null,
            Value::Bool(is) => Packed::Bool(*is),
            Value::Number(number) => packed_number(number),
            Value::String(text) => Packed::Text(text),
            Value::Sequence(items) => Packed::List(items.iter().map(Self::from).collect()),
            Value::Mapping(entries) => {
                Packed::Map(entries.iter().map(|(key, value)| (key.into(), value.into())).collect())
            }
            Value::Tagged(tagged) => {
                Packed::Tagged(tagged.tag.to_string(), Box::new(Self::from(&tagged.value)))
            }
        })
    }
}

fn packed_number<T, I>(number: &Number) -> Packed<T, I> {
    if let Some(number) = number.as_u64() {
        Packed::Positive(number)
    } else if let Some(number) = number.as_i64() {
        Packed::Negative(number)
    } else {
        Packed::Float(number.as_f64().unwrap_or(f64::NAN))
    }
}

impl Read {
    /// `None` for a tag without a name, which YAML has not.
    fn value(self) -> Option<Value> {
        Some(match self.0 {
            Packed::Null => Value::Null,
            Packed::Bool(is) => Value::Bool(is),
            Packed::Positive(number) => Value::Number(number.into()),
            Packed::Negative(number) => Value::Number(number.into()),
            Packed::Float(number) => Value::Number(number.into()),
            Packed::Text(text) => Value::String(text),
            Packed::List(items) => {
                Value::Sequence(items.into_iter().map(Self::value).collect::<Option<_>>()?)
            }
            Packed::Map(entries) => {
                let entry = |(key, value): (Self, Self)| Some((key.value()?, value.value()?));
                Value::Mapping(entries.into_iter().map(entry).collect::<Option<Mapping>>()?)
            }
            Packed::Tagged(tag, _) if tag.is_empty() => return None,
            Packed::Tagged(tag, value) => {
                let (tag, value) = (Tag::new(tag), value.value()?);
                Value::Tagged(Box::new(TaggedValue { tag, value }))
            }
        })
    }
}

pub(super) fn serialize<S: Serializer>(
    values: &[(String, Value)],
    to: S,
) -> Result<S::Ok, S::Error> {
    to.collect_seq(values.iter().map(|(key, value)| (key, Written::from(value))))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<(String, Value)>, D::Error> {
    let values = Vec::<(String, Read)>::deserialize(from)?.into_iter();
    let values = values.map(|(key, value)| Some((key, value.value()?)));
    values.collect::<Option<_>>().ok_or_else(|| D::Error::custom("a tag without a name"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_yaml::value::{Tag, TaggedValue};
    use serde_yaml::{Mapping, Value};

    use crate::briefing::{Briefing, read_file};

    fn again(briefing: &Briefing) -> Briefing {
        postcard::from_bytes(&postcard::to_stdvec(briefing).unwrap()).unwrap()
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "1|~|true|null|no|0x1f|1e3|\\.inf|2023-03-17|'a'| a|a: b|\\r\\n|\u{85}|\u{feff}"
                .prop_map(Value::from),
        ];
        scalar.prop_recursive(4, 40, 5, |inner| {
            let entry = (inner.clone(), inner.clone());
            let tagged = ("[a-z!]*[a-z]", inner.clone());
            prop_oneof![
                prop::collection::vec(inner, 0..5).prop_map(Value::Sequence),
                prop::collection::vec(entry, 0..5)
                    .prop_map(|entries| Value::Mapping(entries.into_iter().collect::<Mapping>())),
                tagged.prop_map(|(tag, value)| {
                    Value::Tagged(Box::new(TaggedValue { tag: Tag::new(tag), value }))
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_values_come_back_as_they_were(
            unknown in prop::collection::vec((any::<String>(), any_value()), 0..4)
        ) {
            let briefing = Briefing { unknown, ..Briefing::default() };
            prop_assert_eq!(again(&briefing), briefing);
        }
    }

    #[test]
    fn a_text_that_looks_like_something_else_stays_a_text() {
        let text = "title: t\ndate: 2023\nbody: b\na: '1'\nb: ~\nc: true\nd: 'null'\n\
                    e: {'1': [yes, '', {~: 2}]}\nf: !!int 3\ng: \"\\r\\n\\0\"\n";
        let read = read_file("x", text.as_bytes());
        let briefing = &read.briefings[0];
        assert_eq!(briefing.unknown.len(), 7);
        for key in 0..4 {
            assert!(matches!(briefing.unknown[key].1, Value::String(_)));
        }
        assert_eq!(again(briefing), *briefing);
    }
}
