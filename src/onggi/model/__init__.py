"""Meaning without bytes: statements, entities, dates people remember, vocabularies, places.

Floor 2. Immutable values and pure functions: no clock, no network, no vault; the only reading done is of the
product's own data files. Refused: a statement without a property the vocabulary knows, a number as a float,
a day or a year that nobody said.

`statement` is the centre and reads like a sentence; `value` is what a statement can say; `stratum` who may
read it; `when` holds dates; `vocabulary`, `places` the words and names everything is recorded in; `consent`
is what a person decided, and `request` whether it allows what somebody wants to do.
docs/design/statement-model.md and consent.md are the pages to read beside this room.
"""
