"""A plain document tree as PDF, Word or HTML with bundled fonts.

Floor 1. It writes no file: bytes are returned, and leave the house only through dossier. Refused: text as
markup (every character appears as itself or the document is not made), a character no bundled font can draw,
a fetch from anywhere, a date or a name that nobody gave.

Open `document` first, which holds what a document is. `checking` finds what is wrong with one · `pdf`,
`word`, `html` make it · `drawing` judges the pictures and draws them for Word · `glyphs` knows what the fonts
can draw · `fonts` and FONTS.toml in it, what they are and where they come from. docs/decisions/0011-paper.md
says why.
"""
