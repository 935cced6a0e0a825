"""Places where a vault should not lie are told by their names, by what lies above them, by their disk."""

from pathlib import Path

import pytest

from onggi.vault.surroundings import judge_place

NOWHERE = Path("/nonexistent/mounts")
MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
tank/home /srv/team zfs rw 0 0
/dev/sdb1 /srv/team/plain ext4 rw 0 0
/dev/sdc1 /media/a\040stick fuseblk rw 0 0
server:/export /media/a\040stick/office nfs4 rw 0 0
rclone: /mnt/drive fuse.rclone rw 0 0
me@host:/ /mnt/far fuse.sshfs rw 0 0
/dev/fuse /mnt/sealed fuse.gocryptfs rw 0 0
/dev/sdd /mnt/kept btrfs rw 0 0
tmpfs /mnt/kept tmpfs rw 0 0
short line
"""


def said(place: Path, mounts: Path = NOWHERE) -> list[tuple[str, str | int]]:
    """The kind of each finding, and by whom."""
    found = judge_place(place, mounts)
    assert not any(finding.grave or finding.where for finding in found)
    return [(finding.code.removeprefix("vault.surroundings."), finding.values["by"]) for finding in found]


@pytest.mark.parametrize(
    ("folder", "by"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("OneDrive - An Organisation", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-x@y.z", "Google Drive"),
        ("nextcloud", "Nextcloud"),
        ("我的坚果云", "坚果云 Nutstore"),
        ("BaiduSyncdisk", "百度网盘"),
        ("WeDrive", "企业微信微盘"),
        ("네이버 MYBOX", "네이버 MYBOX"),
        ("\u1102\u1166\u110b\u1175\u1107\u1165 MYBOX", "네이버 MYBOX"),  # as macOS writes it
    ],
)
def test_the_folder_of_a_sync_client_is_known_by_its_name(folder: str, by: str) -> None:
    assert ("synced", by) in said(Path("/nonexistent") / folder / "work" / "vault")
    assert len(said(Path("/nonexistent") / folder)) <= 2


@pytest.mark.parametrize("folder", ["vault", "boxes", "mega", "drop", "one drive", "my-git", "동기", "云"])
def test_other_names_are_no_reason(folder: str) -> None:
    assert said(Path("/nonexistent") / folder / "vault") == []


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        (".stfolder", ("synced", "Syncthing")),
        (".dropbox", ("synced", "Dropbox")),
        (".git", ("versioned", "git")),
        (".svn", ("versioned", "Subversion")),
    ],
)
def test_what_lies_in_a_folder_above_tells(tmp_path: Path, marker: str, expected: tuple[str, str]) -> None:
    deep = tmp_path / "one" / "two"
    deep.mkdir(parents=True)
    before = said(deep / "vault")
    (tmp_path / marker).mkdir()
    assert [one for one in said(deep / "vault") if one not in before] == [expected]


def test_a_link_is_judged_by_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "Nextcloud").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Nextcloud")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert ("synced", "Nextcloud") in said(tmp_path / "plain" / "vault")
    assert said(tmp_path / "loop") == said(tmp_path)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("/srv/team/vault", [("snapshots", "zfs")]),
        ("/srv/team/plain/vault", []),
        ("/srv/teams/vault", []),
        ("/media/a stick/vault", []),
        ("/media/a stick/office/vault", [("shared", "nfs4")]),
        ("/mnt/drive", [("shared", "rclone")]),
        ("/mnt/far/vault", [("shared", "sshfs")]),
        ("/mnt/sealed/vault", []),
        ("/mnt/kept/vault", []),
    ],
)
def test_the_disk_is_the_one_mounted_nearest_and_last(
    tmp_path: Path, place: str, expected: list[tuple[str, str]]
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, "utf-8")
    assert said(Path(place), mounts) == expected


@pytest.mark.parametrize(
    "table", [b"", b"\xff\xfe / btrfs", b"x /\\000 btrfs\n", b"x /\\999 btrfs", b"  \n", b"x"]
)
def test_any_table_of_mounts_is_read(tmp_path: Path, table: bytes) -> None:
    (tmp_path / "mounts").write_bytes(table)
    assert said(Path("/nonexistent"), tmp_path / "mounts") in ([], [("snapshots", "btrfs")])
