"""Every name in every spelling: any script in, weighted readings out.

Floor 1. Pure: no input or output but the room's own tables, read when first asked; gazetteers are passed in.
Rules, sources and what is uncertain stand in docs/design/names.md, whose sections the modules name.

Refused, with the id of a sentence: what is empty, longer than a name, in a script that is not served, or
likelier chance letters than a name. Never an invention: a reading is only what a system of spelling gives.

Open `reading` first: `read_name`, which asks `split` (titles, kin, order), `syllabic` (Hangul, Hanja),
`surnames` and `givens` (everything spelled by sound, on `transduce`: from a spelling back to syllables) and
`repair` (a letter lost). `keys` what a name is looked up by, on `glance` and `guesses` · `compare` how far
two texts can be one person, with `slips`, `lost` and `writing`, and `pairs` the two of each row of a table ·
`telling` says all that in sentences ·
`romanise` forward, from a name to its spellings · `find` known names and places in running text: `sought` is
what to look for, `find_characters` and `find_words` look, by way of `spellings`, `plain` and `match`. Tables:
`systems` of spelling · `priors` how frequent names are · `hanja` · `mandarin` · `tables` reads them. Ground:
`hangul` syllables and the initial law · `letters` scripts and marks · `found`.
"""
