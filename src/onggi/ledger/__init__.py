"""The opened vault as statements: append, fold, view, search.

Floor 3. The only room that knows both what a statement means and where its bytes lie. `Ledger` opens and is
the only writer; `fold` is pure; a `View` reads and cannot write. Refused: an identity read that is not signed
first, an answer from a stratum that is not open, a projection that is not encrypted.

`consents` reads what persons decided, `seconds` who signed it, `withdrawing` and `signing` write both
(docs/design/consent.md). `judging` and `estimates` write what members hold; `standing` finds what of it
stands, and takes it back.

`quotes` finds the words in which something was said.

Projections are rebuilt from the log whenever they are gone, behind or damaged; they are never evidence.
"""
