//! stub
/// stub
#[must_use]
pub fn briefing() -> serde_json::Value {
    schemars::schema_for!(super::raw::Briefing).to_value()
}
/// stub
#[must_use]
pub fn actors() -> serde_json::Value {
    schemars::schema_for!(super::raw::Actors).to_value()
}
