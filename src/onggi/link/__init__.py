"""The same person on several lists: candidates, comparison, model, and human judgement.

Floor 4. Nothing merges by itself; a judgement is a statement by a member and can be undone.

Not built yet: the room stands so that its walls can be guarded from the first day.
"""
