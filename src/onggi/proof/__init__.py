"""What a stranger can check: canonical bytes, digests, leaves, trees, signatures, anchors.

Floor 1. Pure: no file, no network, no clock; randomness is passed in. The bytes are fixed by
docs/design/proof.md, whose sections the modules name, and every one of them stands in tests/vectors/.

Refused: a value that two encoders could write differently; a re-encoding where stored bytes are to be hashed;
a signature of one kind without the other; any choice of algorithm at run time.

`canonical` a value as the only bytes it has · `digest` one hash for each kind of preimage · `leaf` five slots
as one leaf, each shown or withheld · `merkle` RFC 6962 trees and paths · `tree` the three trees of a vault ·
`signature` Ed25519 and ML-DSA-44, always both · `anchor` a root that is signed and shown outside ·
`inclusion` the way from one leaf or many to an anchor · `part` what is shown of some trees, as `proof.txt`.
"""
