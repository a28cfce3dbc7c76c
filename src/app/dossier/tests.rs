//! What a reader of a dossier relies on: where the cursor stands, what a row leads to, what is found again.
