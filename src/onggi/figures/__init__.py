"""Numbers and relations drawn as SVG, each with the table that says the same.

Floor 1. Pure: no input or output but package data, no clock, no dice; it knows no statement and no person,
only what is handed to it, and the same input gives the same bytes everywhere. What a picture consists of and
why stands in docs/design/figures.md, whose sections the modules name.

Refused, with the id of a sentence: a day no calendar has, a span that ends before it begins, more than can be
read. Never drawn: a date that nobody knows, a script, a link, a style sheet, a colour that alone means
something. Every text handed in stays text.

Open `timeline` first (`draw_timeline`), then `graph` (`draw_graph`), `plot` (`draw_intervals`, `draw_bars`),
`matrix` (`draw_matrix`), `map` (`draw_map`).
All return `figure.Figure`s, one for each page. Time: `days` are numbers and their names · `timescale` lays
them on a line, `timeaxis` draws it · `span` is one dating as a shape · `track` the rows · `timekeys` their
legend.
Relations: `layering` who stands in which layer · `chains` what passes between · `ordering` in which order ·
`placing` where · `layout` one connected part · `packing` parts on pages · `node` the boxes. Numbers: `axis`.
Maps: `conic` the projection and rings · `coasts` land and borders.
Ground: `svg` marks and escaping · `measure` how wide a text is and where it is broken · `ink` colours and
patterns · `legend` what they mean · `paging`.
"""
