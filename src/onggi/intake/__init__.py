"""The one way in: what people bring, as bytes, becomes statements that the ledger can append.

Floor 5. Pure in its core: bytes and values in, values out; a face reads the file, the ledger writes. What
is taken in is judged whole: all of it, or nothing and every reason at once. It executes nothing it is given
and opens nothing by itself. Refused, each with its place: what is not UTF-8, characters that hide or turn
text around, a key, property, term, place or kind nobody knows, a date no calendar has, a reference to
nothing, a stratum looser than the property's, and record text in which a name or an exact place of the
identity stratum stands.

`record.read_record` is the entry: `files` turns bytes into text, `record_file` and `tables` turn text into
a draft, `drafts` turns a draft into statements with `cast` and `values`, and `ledger.screen` looks for names
in them. The form is docs/design/statement-model.md, §8. `interview` writes the same draft from the fields of
a page; until then `begun` keeps them on the desk, `echoing` and `suggesting` say what they will be understood
as. `consent.read_consents` takes in what persons decided (docs/design/consent.md). `ready` says what of a
batch will wait for a second member, and records it. `example` makes the vault to learn with.

Not built yet: sealed forms, the inbox.
"""
