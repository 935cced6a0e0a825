"""The one way out: what is submitted to a court, a UN body, a family.

Floor 5. Nothing derived from a vault is written outside it but by `release`. What may leave is decided
before, by `judge` and `build` for a dossier and by `release` itself for a proof, and fails closed. Refused:
whatever is told in care (this room may not import it); a statement without a basis to leave on; a bag that
would not verify; a folder in which something stands already.

From the record to the folder: `order` what is asked for, and `recipients` for whom · `matter` a case as the
way out reads it, `grounds` on which ground it may leave · `redact` and `coarsen` what is shown of each
statement, `cuts` what is not, `files` what goes along · `dataset` under new ids and codes, drawn from `seed`;
`content` is all of it · `judge` what stands against it, with `rarity`, and `wording` in words
· `plan` both, bound by one hash · `told`, `sections`, `forms`, `compose`, `papers`, `exchange` what is read
of it · `provenance` whence it comes · `publish` a commit of its own, `preparing` how it is made again · `bag`
the files, `guides` what goes along for people · `leaving` what the record says of it, `release` the writing ·
`build` all of this in its order, which `delivery` leads step by step · `prove` one statement alone · `agenda`
a calendar.
"""
