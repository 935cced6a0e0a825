"""How many were never recorded, from incomplete lists, with the assumption shown; and tables of how many are.

Floor 4. Pure: no input or output, no clock, dice are handed in. It cannot see names (only count.lists and
count.units may meet the ledger), and it refuses a number it cannot stand behind: docs/design/counting.md says
when, and what the numbers mean.

Open `estimate` first, which goes through everything: `gates` (may there be a number at all) and `lower` (at
least so many), the four models `latent` (drawn by `latent_moves`), `graphs`, `threshold` and `selection`
(both on `loglinear`), whether chains agree (`diagnostics`). `cells` are what all of them see, `reading`
makes them from a table and `lists` from a vault (`listed` is what both give), `population` is what was
declared, `linkage` what wrong links do (`replicates` reads who may be whom); `tabled` is a table with all
that decides its answer. `checkpoint` keeps what is done of a long run, `unfinished` lays it on the desk of a
vault. `answer` is what comes out, `telling` says it, `report` makes the page; `lists` makes the statement
that is recorded.

Of tables that may be published (docs/design/tables.md) open `table` first: who stands where, and what is
too small. `suppress` hides, `attack` tries to tell what is hidden, `differencing` does both beside earlier
tables, `rounding` rounds. `units` reads from a vault what can be counted.
"""
