//! What the parser says, in words for someone who does not know YAML's grammar.

/// A message and a way out for a syntax error, from the parser's own words and the line it is on.
#[must_use]
pub fn words_for(info: &str, line: &str) -> (String, &'static str) {
    let has = |part: &str| info.contains(part);
    let (message, help) = if has("quoted scalar") || has("unknown escape") || has("escape") {
        (
            "a quoted text is not well formed here",
            "close its quotes; in double quotes write \\ as \\\\, or use single quotes",
        )
    } else if has("mapping values are not allowed") || has("simple key") || has("expected ':'") {
        (
            "a key or a colon is not expected here",
            "quote texts with a colon in them, and align keys of one map",
        )
    } else if has("alias") || has("anchor") {
        (
            "*name repeats nothing that is named",
            "quote the text if it is meant to begin with `*` or `&`",
        )
    } else if has("tab") {
        ("a tab stands where only spaces may", "indent with spaces")
    } else if has("indent") {
        (
            "the line is not indented like those it belongs to",
            "align it with the lines of its list or map",
        )
    } else if has("flow") || has("',' or") || has("bracket") || line.contains(['[', '{']) {
        (
            "a list or map in brackets is not well formed here",
            "close its brackets, and part its items with commas",
        )
    } else if has("block sequence") || has("block collection") || has("'-'") {
        (
            "the list or map goes on in an unexpected way",
            "align the dashes and keys that belong together",
        )
    } else if has("unprintable") || has("byte order mark") {
        ("an invisible character stands here", "remove it")
    } else if has("directive") || has("document") {
        ("a document does not begin or end like this", "part briefings with a line of three dashes")
    } else {
        ("this is not understood", "look at quotes, colons and indents near here")
    };
    (message.to_owned(), help)
}
