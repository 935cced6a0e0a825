"""The same person on several lists: candidates, comparison, model, and human judgement.

Floor 4. Nothing merges by itself: what comes out are probabilities, clusters that are views, and what must be
known before they are used. Pure on plain data, but for the engine; dice come as seeds. Refused, with a
reason: tables and maps that cannot be read, an engine that is not there. The page is docs/design/linking.md,
whose sections the modules name.

Open `run` first. In: `table` (CSV, map), `columns` (every cell a small number) · `values`, `places`,
`relations`, `naming`, `alike` what cells say and how alike two are · `features` the declared list of what is
compared · `couples` which two, and in what they agree · `rules` by what records are brought together, and
what that would cost · `engine` candidates and comparison in Ibis, on DuckDB or Spark · `model` Fellegi–Sunter
by EM on patterns · `stability` the same, learned otherwise · `judgements` what people said · `clusters` who
is one person, contradictions, posterior samples · `draws` those as arrays for whoever counts · `summary`,
`report` what was done, as data and as a document · `linked` a linkage of tables as the files that are handed
over, `peak` the memory it took.

Of a vault (§8) open `suggest` first. In: `persons` entries as records, `byname` several names of one ·
`judged` what members hold of them, `review` what they have still to look at · `compared` pairs, by what is
learned or by `beforehand`, as judgements bear it out (`calibration`) · `order` which are worth a look ·
`suggested` what is kept of it, in identity · `two` whom somebody chose · `telling` reasons as sentences,
`account` the page that may leave.
"""
