"""The same house on a screen: pages on this machine only.

Floor 6. It opens no outbound connection and holds no logic of its own.

Not built yet: the room stands so that its walls can be guarded from the first day.
"""
