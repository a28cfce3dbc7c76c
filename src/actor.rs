//! One identity for each actor, and where texts mention him.
