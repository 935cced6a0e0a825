"""A command in a process of its own, in which a passphrase costs nothing.

Started as `python -m tests.promises.command FIGURE WORD…`. Into the file FIGURE, if that is not empty, goes
the most memory it held at once, in bytes. The process says so itself: what its parent could ask for counts
what the parent held, too.
"""

import resource
import sys
from pathlib import Path

from tests.promises.launcher import stretch_cheaply

from onggi.cli.main import main
from onggi.vault import keyslot


def measure_memory() -> int:
    """The most this process has held since its program was loaded."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines() if ":" in line)
        return int(lines["VmHWM"].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    figure = sys.argv.pop(1)
    setattr(keyslot, "stretch", stretch_cheaply)  # noqa: B010 - not its own name, says mypy
    try:
        main()
    finally:
        if figure:
            Path(figure).write_text(str(measure_memory()), "utf-8")
