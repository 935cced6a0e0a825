"""A plain document tree as PDF, Word or HTML with bundled fonts.

Floor 1. It writes no file: bytes are returned, and leave the house only through dossier. Refused: text as
markup, a character that no bundled font can draw (every other appears as itself), a fetch from anywhere, a
date or a name that nobody gave.

Open `document` first, which holds what a document is. `checking` finds what is wrong with one · `pdf`,
`word`, `html` make it · `drawing` judges the pictures and draws them for Word · `glyphs` knows what the fonts
can draw · `typesetting` alone starts typst · `fonts`, with FONTS.toml, what they are and whence they came.
docs/decisions/0012-paper.md says why.
"""
