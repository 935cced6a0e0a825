"""Words in a terminal: one file for each command; parse, call a room, show.

Floor 7. A face: time, randomness, passphrases and the terminal live here and are passed down. It holds no
logic of its own. Refused: a passphrase as an argument (others see the command line), a traceback (it shows
what it should not), colour or progress where nobody watches.

`main` runs it all and lists the commands, each a module of that name. For all of them `asking` asks,
`opening` opens a vault, `showing` shows, `layout` wraps, `help` explains, `reading`, `writing` and `streams`
are the bytes that come and go, `leaving` ends the process; `contracts` says what --json answers, and `rows`
and `…_rows` fill it. `law_strips` and `pairs` serve one command each; `example` is the vault of `demo`,
`story` what `make run` tells of it, and `reference` writes docs/reference.
"""
