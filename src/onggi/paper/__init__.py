"""A plain document tree as PDF, Word or HTML with bundled fonts.

Floor 1. It writes no file: bytes are returned, and leave the house only through dossier.

Not built yet: the room stands so that its walls can be guarded from the first day.
"""
