"""P11. Nothing goes on after a command: no process, and no picture of its memory.

What no longer runs cannot be looked into. So what is left to show is that nothing does run, that nothing was
dumped when it ended, and that nobody of the same user looks in while it lasts.
"""

import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from tests.promises.canaries import MARKS, Searcher, make_words, write_story
from tests.promises.desks import COMMAND, Desk, Launched, launch, stop_while_writing
from tests.promises.twins import Tally, twin

from onggi.errors import Exit

KEY = ("--passphrase-file", "key")
WRITE = ("record", "vault", "story.toml", *KEY)
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGKILL)
CRASHES = (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGQUIT)
# By this every process of a command is known, whatever session it went to.
MARK = ("ONGGI_TEST_MARK", f"mark-{os.getpid()}")
SLEEPER = f"import time\nword = {make_words(2)!r}\nprint(flush=True)\ntime.sleep(60)"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launched]:
    """A desk with a vault, at which every crash would leave a core."""
    desk = Desk.make(tmp_path_factory.mktemp("office") / "watched", **dict([MARK]))
    (desk.folder / "key").write_text(make_words(1) + "\n", "utf-8")
    (desk.folder / "story.toml").write_text(write_story(range(100)), "utf-8")
    with launch(desk, before=want_cores()) as launched:
        for words in (("init", "vault", *KEY), WRITE):
            assert launched.run(*words).code == Exit.WELL
        yield launched


@twin(2, 500)
def test_no_process_stays(office: Launched, count: int, tally: Tally) -> None:
    """Commands that end well, are refused, cannot be understood, or are stopped at any moment by each signal;
    then every process of the machine looked at for their session and their mark."""
    dice = Random(count)
    for words, code in (
        (("search", "vault", MARKS["Han"], *KEY), Exit.WELL),
        (("show", "vault", "nothing", *KEY), Exit.USAGE),
        (("nothing",), Exit.USAGE),
    ):
        started: list[int] = []
        assert office.run(*words, meanwhile=started.append).code == code
        assert list_processes(started[0], office.process.pid) == []
        tally.add("commands")
    for turn in range(count):
        stop = Stop(STOPS[turn % len(STOPS)], dice.uniform(0, 0.4))
        office.run(*WRITE, meanwhile=stop)
        assert list_processes(stop.child, office.process.pid) == []
        tally.add("stopped commands")


def test_no_process_stays_where_nobody_listens(office: Launched) -> None:
    """A pipe that is closed, and a terminal that is closed while it asks for a passphrase."""
    process = office.desk.start(["--help"])
    assert process.stdout and process.stderr
    process.stdout.close()
    process.stderr.close()
    process.wait()
    assert list_processes(process.pid, office.process.pid) == []
    child, screen = pty.fork()
    if child == 0:  # the command itself
        os.chdir(office.desk.folder)
        os.execve(sys.executable, [*COMMAND, "log", "vault"], office.desk.surroundings)  # noqa: S606
    while not os.read(screen, 1024).endswith(b": "):
        continue
    os.close(screen)
    os.waitpid(child, 0)
    assert list_processes(child, office.process.pid) == []


@pytest.mark.system
@twin(2, 60)
def test_a_crash_leaves_no_core(office: Launched, count: int, tally: Tally) -> None:
    """Commands that crash in the middle of a write, where cores are wanted; and a program that is not ours,
    whose core was there and held what it knew."""
    folder = office.desk.folder
    if not crash_sleeper(folder):
        pytest.skip("this machine puts no cores into the folder of what crashed")
    for turn in range(count):
        crash = CRASHES[turn % len(CRASHES)]
        code = Exit.WELL.value
        while code == Exit.WELL:  # on a busy machine it may end before the signal comes
            code = office.run(*WRITE, meanwhile=stop_while_writing(folder / "vault", crash)).code
        assert code == -crash
        assert list(folder.glob("*core*")) == []
        tally.add("crashes")


@pytest.mark.system
def test_nobody_looks_into_a_command_that_runs(office: Launched) -> None:
    """Another process of the same user asks for its memory, its map and its environment."""
    with subprocess.Popen([*drop_rights(), sys.executable, "-c", SLEEPER], stdout=subprocess.PIPE) as sleeper:
        assert sleeper.stdout and sleeper.stdout.readline()
        seen = look_into(sleeper.pid)
        sleeper.kill()
    if len(seen) < 3:
        pytest.skip("this machine lets nobody look into any process")
    stopped: list[set[str]] = []

    def look(child: int) -> None:
        stop_while_writing(office.desk.folder / "vault", signal.SIGSTOP)(child)
        stopped.append(look_into(child))
        os.kill(child, signal.SIGCONT)

    assert office.run(*WRITE, meanwhile=look).code == Exit.WELL
    assert stopped == [set()]


class Stop:
    """Sends a signal to a command after a while."""

    def __init__(self, number: signal.Signals, seconds: float) -> None:
        self.number, self.seconds, self.child = number, seconds, 0

    def __call__(self, child: int) -> None:
        self.child = child
        time.sleep(self.seconds)
        os.kill(child, self.number)


def list_processes(session: int, launcher: int) -> list[int]:
    """The processes of a session, and those with our mark; but for the one that launches all of them."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended just now, or is somebody else's
            of_session = int((place / "stat").read_bytes().rpartition(b")")[2].split()[3]) == session
            if of_session or b"=".join(map(str.encode, MARK)) in (place / "environ").read_bytes():
                found.append(int(place.name))
    return [one for one in found if one != launcher]


def want_cores() -> tuple[str, ...]:
    """What to put before a command so that its crash leaves a core, if it does not forbid that itself."""
    return (*drop_rights(), "sh", "-c", 'ulimit -c unlimited 2>/dev/null; exec "$@"', "sh")


def drop_rights() -> tuple[str, ...]:
    """What to put before a command so that it has the rights of any user; root looks into everything."""
    if os.geteuid() or not shutil.which("setpriv"):
        return ()
    return ("setpriv", "--bounding-set=-all", "--inh-caps=-all")


def crash_sleeper(folder: Path) -> bool:
    """Crash a program that is not ours; whether that left a core with its words, which is gone again."""
    command = [*want_cores(), sys.executable, "-c", SLEEPER]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE) as sleeper:
        assert sleeper.stdout and sleeper.stdout.readline()
        sleeper.send_signal(signal.SIGSEGV)
    cores = list(folder.glob("*core*"))
    held = [Searcher.of([MARKS["Latin"]]).find(core.read_bytes()) for core in cores]
    for core in cores:
        core.unlink()
    return any(held)


def look_into(process: int) -> set[str]:
    """What an ordinary process of the same user may open of another's memory and surroundings."""
    look = "import sys\nfor name in sys.argv[1:]:\n    try:\n        open(name, 'rb').close()\n"
    look += "        print(name)\n    except OSError:\n        pass"
    places = [f"/proc/{process}/{name}" for name in ("mem", "maps", "environ")]
    done = subprocess.run(
        [*drop_rights(), sys.executable, "-c", look, *places], capture_output=True, text=True
    )
    return set(done.stdout.split())
