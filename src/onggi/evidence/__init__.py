"""What a record rests on: originals, their custody, what was derived from them, when, and whether it
verifies.

Floor 4. Refused: a verdict that leans on the vault it judges (`verify` imports neither vault nor ledger); a
silent "not checked"; believing a name, a size or a link found in a folder that somebody sent.

`bag` the folder a proof travels in, and its manifests · `content` what a file of it holds, bytes or a
stream · `cuts`, `derived` its two lists: what was withheld, and what was made from what · `folder` reads such
a folder without trusting it · `verify` checks one as a stranger would · `timestamp` since when: time stamps,
asked for, checked and kept.

Not built yet: custody, originals and derivatives.
"""
