"""Risk, safety plan, safe contact, referral: the person before the case.

Floor 4. Nothing told here ever reaches a dossier; a score never replaces a judgement.

Not built yet: the room stands so that its walls can be guarded from the first day.
"""
