"""Bytes without meaning: members, keys, sealed packs, signed logs, keyrings.

Floor 2. It stores opaque slots and files and knows nothing of what they say; `model` knows nothing of bytes.
The format is docs/design/vault-format.md, and comments here name its sections. Refused: a second way to do
anything, a key that no signed entry names, a file whose hash is not its name, writing when the disk says no.

Start at `opened` (a vault that a member has unlocked) and `enrol` (a new one, and who is let in). Below them:
`folder` touches the disk and nothing else does; `seal` is all symmetric cryptography, `keys` all of the rest;
`signed`, `cells` and `packs` are the three ways in which bytes lie there; `members`, `grants`, `commits`,
`keyring`, `heads`, `desk` say what they hold; `writing`, `packing` and `staging` are the way of a write.
"""
