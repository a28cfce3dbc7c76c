# What one does here often; `just` lists it.

[private]
default:
    @just --list

# everything that has to hold of a commit, as on the server
ci:
    .ci/run

# the reader, on the shipped briefings or on PATHS
run *PATHS:
    cargo run --release -- {{PATHS}}

# all tests, or those whose name holds FILTER
test *FILTER:
    cargo test {{FILTER}}

# format and lint, as ci checks it
lint:
    cargo fmt --all
    cargo clippy --all-targets --locked -- -D warnings

# measures in this process: all, or those whose name holds FILTER
bench *FILTER:
    cargo bench --bench reading -- {{FILTER}}

# runs the tests, then shows screens that differ from their snapshots, one by one (needs cargo-insta)
review:
    cargo insta test --review

# the documentation of the crate, opened in a browser
doc:
    cargo doc --no-deps --locked --open
