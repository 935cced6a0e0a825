"""How many were never recorded, from incomplete lists, with the assumption shown.

Floor 4. It cannot see names (only count.lists meets the ledger), and it refuses a number it cannot stand
behind.

Not built yet: the room stands so that its walls can be guarded from the first day.
"""
