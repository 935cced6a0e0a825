"""Every name and place in every spelling: any script in, weighted readings out.

Floor 1. Pure: no input or output, gazetteers are passed in.

Not built yet: the room stands so that its walls can be guarded from the first day.
"""
