"""What the facts amount to, what is missing, who can still hear it and until when.

Floor 4. It qualifies nothing by itself and gives no legal advice: it sets recorded statements beside the
elements of norms, and says what would change the answer. Refused: a bare "expired", a score, and anything
uncertain shown as certain; what no lawyer has reviewed says so.

`avenues` says who can hear it and what each asks for; every file of norms and avenues is TOML that a lawyer
can review in a pull request. docs/design/law.md has the rules, exact enough to be checked.
"""
