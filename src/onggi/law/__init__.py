"""What the facts amount to, what is missing, who can still hear it and until when.

Floor 4. It qualifies nothing by itself and gives no legal advice: it sets recorded statements beside the
elements of norms, and says what would change the answer. Refused: a bare "expired", a score, and anything
uncertain shown as certain; what no lawyer has reviewed says so.

Open `assess` first: everything the room has to say of a case. `facts` reads a view as plain facts; `norms`,
`avenues`, `treaties` are TOML that a lawyer can review in a pull request, and `catalogue` tells one of them;
`qualify` and `elements` set one beside the other; `limitation` counts, `lapse` says what, `drawing` draws it;
`openness` judges avenues, `returning` sets out the risk on return; `reverse` says what must not leave, and is
asked apart.
docs/design/law.md has the rules, exact enough to be checked.
"""
