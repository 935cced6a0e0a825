"""Numbers and relations drawn as SVG: timeline, graph, bars, intervals, map.

Floor 1. Pure; it knows no statement and no person, only what is handed to it.

Not built yet: the room stands so that its walls can be guarded from the first day.
"""
