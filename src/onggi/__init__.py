"""Onggi puts an abuse on the record, keeps the person off it, and proves it years later.

The rooms and their floors are drawn in ARCHITECTURE.md; each room's own docstring says what it is
for and what it refuses. Nothing is imported here: a command loads only the rooms it needs.
"""

__version__ = "0.1.0"
