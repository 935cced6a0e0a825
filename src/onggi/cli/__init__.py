"""Words in a terminal: one file for each command; parse, call a room, show.

Floor 7. A face: time, randomness, passphrases and the terminal live here and are passed down. It holds no
logic of its own. Refused: a passphrase as an argument (others see the command line), a traceback (it shows
what it should not), colour or progress where nobody watches.

`main` runs it all; `asking` asks, `opening` opens a vault, `showing` shows, `layout` wraps, `help` explains,
`leaving` ends the process; `contracts` says what --json answers and `reference` writes docs/reference. Every
other module is a command.
"""
