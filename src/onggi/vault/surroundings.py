"""Whether a place keeps old versions of what lies there, or lets others write to it (threat-model.md, §8.9).

Such a place undoes erasure, and two machines that write there make a fork. Looked at are the names in a path,
a few markers beside it and above it, and the table of mounted file systems; nothing is opened. It is a guess
by what clients and systems are known to do: that nothing is found does not mean that nothing is kept.
Refused: nothing, for the choice of a place is a person's.
"""

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from onggi.errors import Finding

MOUNTS = Path("/proc/self/mounts")
# How the table of mounts writes a space, a tabulator, a line end and a backslash in a name.
_OCTAL = re.compile(r"\\([0-7]{3})")

# How the folders of sync clients begin, folded, by the name under which people know them.
_SYNCED: Mapping[str, str] = MappingProxyType(
    {
        "dropbox": "Dropbox",
        "onedrive": "OneDrive",
        "mobile documents": "iCloud",  # ~/Library/Mobile Documents
        "com~apple~": "iCloud",
        "icloud": "iCloud",
        "cloudstorage": "macOS CloudStorage",  # ~/Library/CloudStorage, whoever's it is
        "google drive": "Google Drive",
        "googledrive": "Google Drive",
        "nextcloud": "Nextcloud",
        "owncloud": "ownCloud",
        "syncthing": "Syncthing",
        "resilio sync": "Resilio Sync",
        "pcloud": "pCloud",
        "megasync": "MEGA",
        "yandex.disk": "Yandex.Disk",
        "tresorit": "Tresorit",
        "proton drive": "Proton Drive",
        "nutstore": "坚果云 Nutstore",
        "我的坚果云": "坚果云 Nutstore",
        "坚果云": "坚果云 Nutstore",
        "baidunetdisk": "百度网盘",
        "baidusyncdisk": "百度网盘",
        "百度网盘": "百度网盘",
        "百度云": "百度网盘",
        "微云": "腾讯微云",
        "weiyun": "腾讯微云",
        "wedrive": "企业微信微盘",
        "微盘": "企业微信微盘",
        "wps云盘": "WPS 云盘",
        "wpsdrive": "WPS 云盘",
        "naver mybox": "네이버 MYBOX",
        "네이버 mybox": "네이버 MYBOX",
    }
)
# What clients leave in the folder they keep in step.
_MARKERS: Mapping[str, str] = MappingProxyType(
    {
        ".dropbox": "Dropbox",
        ".dropbox.cache": "Dropbox",
        ".stfolder": "Syncthing",
        ".owncloudsync.log": "ownCloud, Nextcloud",
        ".tmp.drivedownload": "Google Drive",
    }
)
_VERSIONED: Mapping[str, str] = MappingProxyType({".git": "git", ".hg": "Mercurial", ".svn": "Subversion"})
_SNAPSHOTS = frozenset({"btrfs", "zfs", "bcachefs", "nilfs2"})
_SHARED = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "glusterfs"})
# Programs that show another machine's files; those that decrypt a folder of this one are none of them.
_SHARED_BY_PROGRAM = frozenset({"sshfs", "rclone", "gvfsd-fuse", "davfs2", "s3fs", "goofys", "google-drive"})


def judge_place(place: Path, mounts: Path = MOUNTS) -> list[Finding]:
    """What speaks against keeping a vault at `place`, where nothing need lie yet; each thing once."""
    path = Path(os.path.realpath(place))
    found = [*_judge_names(path.parts), *_judge_markers(path), *_judge_system(path, mounts)]
    return list({(one.code, one.values["by"]): one for one in found}.values())


def _judge_names(parts: Sequence[str]) -> Iterator[Finding]:
    if parts[0].startswith("\\\\"):  # a share of Windows: \\server\share
        yield Finding("vault.surroundings.shared", "", {"by": "SMB"}, grave=False)
    for part in parts:
        folded = unicodedata.normalize("NFC", part).casefold()
        for begin, name in _SYNCED.items():
            if folded.startswith(begin):
                yield Finding("vault.surroundings.synced", "", {"by": name}, grave=False)


def _judge_markers(path: Path) -> Iterator[Finding]:
    for folder in (path, *path.parents):
        for marker, name in _MARKERS.items():
            if os.path.lexists(folder / marker):
                yield Finding("vault.surroundings.synced", "", {"by": name}, grave=False)
        for marker, name in _VERSIONED.items():
            if os.path.lexists(folder / marker):
                yield Finding("vault.surroundings.versioned", "", {"by": name}, grave=False)


def _judge_system(path: Path, mounts: Path) -> Iterator[Finding]:
    system = _find_system(path, mounts)
    program = system.removeprefix("fuse.")
    if system in _SNAPSHOTS:
        yield Finding("vault.surroundings.snapshots", "", {"by": system}, grave=False)
    elif system in _SHARED or program in _SHARED_BY_PROGRAM:
        yield Finding("vault.surroundings.shared", "", {"by": program}, grave=False)


def _find_system(path: Path, mounts: Path) -> str:
    """The kind of file system that a path lies on; empty where the system has no table of them."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    nearest, system = Path(), ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        at = Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), fields[1]))
        # Of two that are mounted on one folder, the later hides the other.
        if path.is_relative_to(at) and len(at.parts) >= len(nearest.parts):
            nearest, system = at, fields[2]
    return system
