"""What the facts amount to, what is missing, who can still hear it and until when.

Floor 4. It qualifies nothing by itself and gives no legal advice.

Not built yet: the room stands so that its walls can be guarded from the first day.
"""
