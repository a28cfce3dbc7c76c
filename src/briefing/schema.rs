//! stub
/// stub
pub fn briefing() -> serde_json::Value {
    schemars::schema_for!(super::raw::Briefing).to_value()
}
/// stub
pub fn actors() -> serde_json::Value {
    schemars::schema_for!(super::raw::Actors).to_value()
}
