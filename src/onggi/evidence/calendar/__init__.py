"""Since when, without an authority: trails of OpenTimestamps from an anchor to a block (timestamps.md, §9).

An extra beside the tokens of authorities, and never counted among them. Refused: a calendar's promise taken
for a proof, a block taken on trust without its header, an address that stands in a file asked for anything.

`trail` the file · `question` what a calendar is asked · `header` a block's header · `check` the verdict.
These are pure and know no vault. `gather` how trails come into a vault · `health` what those kept there show.
What goes over the network goes through `evidence.timestamp.send`.
"""
