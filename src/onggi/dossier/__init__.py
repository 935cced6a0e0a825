"""The one way out: what is submitted to a court, a UN body, a family.

Floor 5. Nothing derived from a vault is written outside it but by `release`, which decides first and fails
closed. Refused: whatever is told in care (this room may not import it); a statement without a basis to leave
on; a bag that would not verify; a folder in which something stands already.

From the record to the folder: `matter` a case as the way out reads it · `redact` and `coarsen` what is shown
of each statement · `dataset` under new ids and codes, drawn from `seed` · `judge` what stands against it ·
`plan` both, bound by one hash · `told`, `sections`, `forms`, `compose`, `papers`, `exchange` what is read of
it · `publish` a commit of its own · `bag` the files, `guides` what goes along for people · `leaving` what the
record says of it, `release` the writing · `build` all of this in its order · `prove` one statement alone ·
`agenda` a calendar.
"""
