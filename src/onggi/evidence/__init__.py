"""What a record rests on: originals, their custody, what was derived from them, when, and whether it
verifies.

Floor 4. Refused: a verdict that leans on the vault it judges (`verify` imports neither vault nor ledger); a
silent "not checked"; believing a name, a size or a link found in a folder that somebody sent; changing an
original; decoding what somebody sent in a process that holds a key.

`original` seals files as items and begins their custody · `item` reads and checks them · `custody` folds what
was said into a chain with its gaps · `derive` makes stripped copies, `copies` says of one what it is,
`transcript` reads passages aligned to an original · `quarantine` is the process apart, `wall` what the kernel
keeps it from, `quarantined` what runs there: `kinds`, `look`, `markup`, `metadata_…`, `redraw`, `rewrite` ·
`timestamp` since when: time stamps, asked for, checked and kept, `calendar` the same without an authority.
The page is docs/design/evidence.md.

`bag` the folder a proof travels in, and its manifests · `content` what a file of it holds, bytes or a stream
· `cuts`, `derived` its two lists: what was withheld, and what was made from what · `folder` reads such a
folder without trusting it, `arriving` the same files where there is no folder, `archive` the same out of a
ZIP archive, in the process apart · `verify` checks one as a stranger would, `telling` says what came of it.
"""
