"""How a process leaves: no core is wanted, and being told to go is an interrupt, once."""

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from onggi.cli import leaving
from onggi.cli.leaving import heed_signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals and no cores")
TOLD = (signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def handlers() -> Iterator[None]:
    """What was done with signals before is done again behind the test."""
    kept = {number: signal.getsignal(number) for number in TOLD}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", TOLD)
def test_being_told_to_go_is_an_interrupt(handlers: None, number: signal.Signals) -> None:
    heed_signals()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)


def test_being_told_twice_at_once_is_one_interrupt(handlers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0, 1, leaving._AT_ONCE, 3 * leaving._AT_ONCE])
    monkeypatch.setattr("time.monotonic_ns", lambda: next(moments))
    heed_signals()
    for interrupts in (True, False, False, True):
        if interrupts:
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGHUP)
        else:
            signal.raise_signal(signal.SIGTERM)


def test_what_was_to_be_ignored_is_ignored(handlers: None) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    heed_signals()
    signal.raise_signal(signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_cores_are_forbidden() -> None:
    asked = "import ctypes, resource, sys; from onggi.cli.leaving import forbid_cores; forbid_cores();"
    asked += "print(resource.getrlimit(resource.RLIMIT_CORE),"
    asked += "ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == 'linux' else 0)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0) 0\n"
