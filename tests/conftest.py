"""For all tests: that a machine is slow is no failure. How fast we are is shown in bench/."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
