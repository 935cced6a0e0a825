"""The sections of a dossier, a module for each: what is told in it, as blocks of a plain document.

Each has one function `tell`, which takes what is `told` and returns blocks, none where there is nothing to
tell. They find no words of their own: sentences stand in `words/dossier.toml`, facts in the data set.
"""
