"""The same house on a screen: pages on this machine only, for one person, in her own browser.

Floor 6. It opens no outbound connection and holds no logic of its own: a page parses, calls a room, and shows
what came back. Refused: every request that does not come from the browser of whoever unlocked the vault.

`serve` listens, `guards` says who may ask, `session` when that ends, `app` which page answers, `visit` what a
page is given; `pages/` holds one module for each group of pages. docs/design/web.md says why.
"""
