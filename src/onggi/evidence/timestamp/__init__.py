"""Since when: time stamps (RFC 3161) of anchors, asked for, checked, kept, renewed (timestamps.md).

`send` is the only module here that opens a connection; `certificates` and `library` use the crypto library.
Refused: a list of trusted authorities of our own (whom to trust is the reader's decision), a verdict that
leans on today's date, dropping a reply because one program does not like its form.

`der` the few rules of DER that are needed · `request` what is asked · `reply` what an authority answered, as
we read it · `certificates` who vouches for it · `library`, `openssl` the two readers · `check` the verdict ·
`beside` the same by the rule of a bag.
These know no vault, so that a stranger can use them. `send` the way over the network · `stamps` what is
stamped in a vault and kept there · `gather` how it comes there · `health` how long proofs last.
"""
