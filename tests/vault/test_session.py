"""A write session that a person interrupts leaves a vault at rest, whatever was going on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.promises.listings import read_listing
from tests.vault.invented import ADMIN, MEMBER, NORTHERNER, check_as, copy_folder, open_as
from tests.vault.test_writing import WORK

from onggi.vault.folder import Folder
from onggi.vault.session import write_session


@contextmanager
def interrupt_at(step: int) -> Iterator[list[str]]:
    """Raise what Ctrl-C raises, once, before the `step`-th change of a folder; tells what was done in all."""
    done: list[str] = []
    kept = {name: getattr(Folder, name) for name in ("stage", "settle", "remove")}

    def change(name: str, *arguments: object) -> object:
        done.append(name)
        if len(done) == step:
            raise KeyboardInterrupt
        return kept[name](*arguments)

    with pytest.MonkeyPatch.context() as patch:
        for name in kept:
            patch.setattr(Folder, name, lambda *arguments, name=name: change(name, *arguments))
        yield done


@pytest.mark.parametrize("name", WORK)
def test_an_interrupt_leaves_a_vault_at_rest(template: Path, tmp_path: Path, name: str) -> None:
    work, stride = WORK[name]
    for step in range(1, 1000, 4 * stride):
        root = copy_folder(template, tmp_path / f"{step}" / "vault")
        vault, stopped = open_as(root, ADMIN), False
        with interrupt_at(step):
            try:
                with write_session(vault):
                    work(vault, root)
            except KeyboardInterrupt:
                stopped = True
        assert not list((root / "tmp").iterdir())
        read_listing(root)
        assert {slot: check_as(root, slot).findings for slot in (ADMIN, MEMBER, NORTHERNER)} == {
            slot: [] for slot in (ADMIN, MEMBER, NORTHERNER)
        }
        if not stopped:
            break
    assert step > 1
