"""Every name in every spelling: any script in, weighted readings out.

Floor 1. Pure: no input or output but the room's own tables, read when first asked; gazetteers are passed in.
Rules, sources and what is uncertain stand in docs/design/names.md, whose sections the modules name.

Refused, with the id of a sentence: what is empty, longer than a name, in a script that is not served, or
likelier chance letters than a name. Never an invention: a reading is only what a system of spelling gives.

Open `reading` first: `read_name` · `keys` what a name is looked up by · `compare` how far two texts can be
one person · `split` titles, kin and order · `transduce` from spellings back to syllables · `romanise` forward
· `systems` the tables of spelling · `letters` scripts and marks · `hangul` syllables and the initial law ·
`hanja`, `pinyin`, `surnames` what characters and surnames can be · `priors` how frequent each is · `tables`
reading the data.
"""
