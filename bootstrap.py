"""Sets the house up and runs its verbs with nothing but Python: `python bootstrap.py run|test|dev|check|…`.

The Makefile calls this file, so that a machine without make (Windows) works the same. It makes `.venv`,
installs what the hash-pinned locks in requirements/ name and nothing else, and stamps what it did, so that a
second run starts at once. It refuses a Python that is too old, any package whose hash is not in the lock, and
any package that would have to be built here: a build script is code that nobody has reviewed.
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

OLDEST = (3, 11)
if sys.version_info < OLDEST:  # here, because an older Python would stumble over the annotations below
    sys.exit("Onggi needs Python {}.{} or newer; this one is {}.{}.".format(*OLDEST, *sys.version_info))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
DEMO = ROOT / ".demo"

# import-linter has no `-m` form, and its script would name the folder in which the checkout once stood.
LINT_IMPORTS = (
    "from importlinter.cli import lint_imports_command as check; check(['--no-cache', '--no-logo'])"
)
# What `check` runs, in this order, each to its end; a new check is one more line.
CHECKS = {
    "format": ("-m", "ruff", "format", "--check", "."),
    "lint": ("-m", "ruff", "check", "."),
    "types": ("-m", "mypy"),
    "floors and walls": ("-c", LINT_IMPORTS),
    "reference": ("-m", "onggi.cli.reference", "--check"),
}
# What `lock` makes, from the run-time dependencies and these arguments. All are held to the pins of run, so
# that what is tested is what people run.
LOCKS = {
    "run": ("--group", "build"),
    "dev": ("--group", "dev", "--constraint", "requirements/run.txt"),
    "spark": ("--extra", "spark", "--constraint", "requirements/run.txt"),
    "noisy": ("--extra", "noisy", "--constraint", "requirements/run.txt"),
}
# A file of tests stays on one core, so that what its tests share is made once.
ON_EVERY_CORE = ("--numprocesses", "auto", "--dist", "loadfile")
UV_COMPILE = (
    *("-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--no-header", "--universal"),
    *("--generate-hashes", "--python-version", "{}.{}".format(*OLDEST)),
)


def run_story(arguments: list[str]) -> int:
    """Build the example vault anew, tell its story and, where somebody sits at a terminal, open its pages."""
    set_up("run")
    shutil.rmtree(DEMO, ignore_errors=True)
    code = run("-m", "onggi.cli.story", str(DEMO), *arguments)
    if code or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return code
    vault = DEMO / "vault"
    return run("-m", "onggi.cli", "open", str(vault), "--passphrase-file", f"{vault}.passphrase")


def run_tests(arguments: list[str]) -> int:
    """Everything that a change must pass; arguments go to pytest."""
    set_up("dev")
    checked = run_checks([])
    return run("-m", "pytest", *ON_EVERY_CORE, *arguments) or checked


def run_dev(_: list[str]) -> int:
    """Only set up, with the development tools."""
    set_up("dev")
    print(f"Ready: {PYTHON.relative_to(ROOT)}")
    return 0


def run_checks(_: list[str]) -> int:
    """Format, lint, types, floors; all of them, also when an early one fails."""
    set_up("dev")
    failed = [name for name, command in CHECKS.items() if run(*command, title=name)]
    print("Checked: all well." if not failed else f"Checked, and not well: {', '.join(failed)}.", flush=True)
    return int(bool(failed))


def run_bench(arguments: list[str]) -> int:
    """Every benchmark, one after the other, alone on the machine."""
    set_up("dev")
    scripts = sorted((ROOT / "bench").glob("[!_]*.py"))
    return int(any([run(str(script), *arguments) for script in scripts]))


def run_soak(arguments: list[str]) -> int:
    """The full counts; arguments go to pytest."""
    set_up("dev")
    return run("-m", "pytest", "-m", "soak", *arguments)


def run_docs(arguments: list[str]) -> int:
    """Write docs/reference from the code; examples/dossiers where absent, or anew with `--dossiers`.

    With `--pictures` also pictures of every page, to be looked at; they are not kept.
    """
    set_up("dev")
    asked = [word for word in arguments if word == "--dossiers"]
    others = [word for word in arguments if word not in ("--dossiers", "--pictures")]
    code = run("-m", "onggi.cli.reference", *others) or run("tools/make_dossiers.py", *asked)
    return code or (run("tools/make_pictures.py") if "--pictures" in arguments else 0)


def run_lock(arguments: list[str]) -> int:
    """Pin what pyproject.toml asks for, keeping today's pins; `lock --upgrade` takes the newest."""
    set_up("dev")
    for name, asked in LOCKS.items():
        code = run(*UV_COMPILE, *asked, "--output-file", f"requirements/{name}.txt", *arguments)
        if code:
            return code
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    "run": run_story,
    "test": run_tests,
    "dev": run_dev,
    "check": run_checks,
    "bench": run_bench,
    "soak": run_soak,
    "docs": run_docs,
    "lock": run_lock,
}


def set_up(lock: str) -> None:
    """Have `.venv` hold the packages of requirements/<lock>.txt and this checkout; nothing, if it does."""
    # What dev installs includes what run installs.
    if any(read_stamp(done) == make_stamp(done) for done in ("dev", lock)):
        return
    print(f"Setting up .venv ({lock}); the first time takes some minutes and 1 GB or more …", flush=True)
    pip = make_environment()
    install = [*pip, "install", "--disable-pip-version-check", "-qq"]  # errors only
    pinned = ["--require-hashes", "--only-binary", ":all:", "-r", f"requirements/{lock}.txt"]
    ourselves = ["--no-deps", "--no-build-isolation", "--editable", "."]
    for arguments in (pinned, ourselves):
        if subprocess.run([*install, *arguments], cwd=ROOT).returncode:
            sys.exit("Not set up: pip could not install what the lock names (its reason stands above).")
    stamp_path(lock).write_text(make_stamp(lock))


def make_environment() -> list[str]:
    """Have a `.venv` whose Python runs, and return the pip command that installs into it."""
    own_pip, our_pip = (importlib.util.find_spec(name) is not None for name in ("ensurepip", "pip"))
    if not own_pip and not our_pip:
        sys.exit("This Python has neither ensurepip nor pip. On Debian and Ubuntu: apt install python3-venv")
    if not environment_works():
        venv.create(VENV, clear=True, symlinks=sys.platform != "win32", with_pip=own_pip)
    if own_pip:
        return [str(PYTHON), "-m", "pip"]
    # Debian without python3-venv: the pip of this Python installs into the other one.
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def environment_works() -> bool:
    """Whether `.venv` stands and its Python, which may have been upgraded away, is one that we support."""
    probe = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return PYTHON.exists() and subprocess.run([str(PYTHON), "-c", probe]).returncode == 0


def make_stamp(lock: str) -> str:
    """What an installation depends on: the lock, our own metadata, the place of the checkout."""
    parts = ((ROOT / f"requirements/{lock}.txt").read_bytes(), (ROOT / "pyproject.toml").read_bytes())
    return hashlib.sha256(b"\0".join((*parts, bytes(ROOT)))).hexdigest()


def read_stamp(lock: str) -> str | None:
    """The stamp of the last complete installation, if its Python is still there."""
    return stamp_path(lock).read_text() if PYTHON.exists() and stamp_path(lock).exists() else None


def stamp_path(lock: str) -> Path:
    """Inside `.venv`, so that deleting the one deletes the other."""
    return VENV / f"onggi-{lock}.stamp"


def run(*arguments: str, title: str = "") -> int:
    """Run the Python of `.venv` in the checkout, saying so; its exit code."""
    print("·", title or " ".join(word for word in arguments if word != "-m"), flush=True)
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT).returncode


def list_verbs() -> str:
    """The verbs as the Makefile explains them, one comment line above each target."""
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    return "\n".join(
        f"  {target.split(':')[0]:6} {comment[2:]}"
        for comment, target in zip(lines, lines[1:], strict=False)
        if comment.startswith("# ") and target.split(":")[0] in VERBS
    )


def main(arguments: list[str]) -> int:
    """Run one verb; without one, list them."""
    if arguments and arguments[0] in VERBS:
        return VERBS[arguments[0]](arguments[1:])
    print(f"make VERB, or python bootstrap.py VERB:\n\n{list_verbs()}")
    return 2 if arguments and arguments[0] != "help" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
