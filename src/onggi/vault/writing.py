"""Adding to a vault: packs, then the commit, then the heads, and only then is anything acknowledged (§9).

Every function here runs under the folder's lock and leaves the vault as it was if it raises before the
commit's pack is renamed. Refused: writing for a stratum that is not held; going on after the disk reported an
error.
"""

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from msgspec import structs

from onggi.errors import Exit, OnggiError
from onggi.proof.digest import HASH_SIZE, SALT_SIZE, hash_item, hash_slots, hash_statement
from onggi.proof.merkle import merkle_root
from onggi.proof.tree import scatter_leaves
from onggi.vault.cells import PLACES, build_cell, is_spare, read_copies, write_copies
from onggi.vault.commits import MOST_COUNTED, YEAR_10000, Commit, Log, Step, log_id
from onggi.vault.fillers import LEAST, LEAST_OWN, plan_fillers, stage_fillers
from onggi.vault.folder import Folder
from onggi.vault.grants import LOG, STRATA
from onggi.vault.heads import Heads, Tip, heads_key, write_heads
from onggi.vault.keyring import Keyring, ring_key, write_keyring
from onggi.vault.keyslot import is_spare_slot
from onggi.vault.opened import Compartment, Vault
from onggi.vault.packing import PackWriter
from onggi.vault.packs import CLASSES, Domain, Readable, Stored, pack_hash
from onggi.vault.signed import hash_signed, sign_body
from onggi.vault.staging import Staged
from onggi.vault.strata import SALTS, Entry, Item, Kept, blind_box, cut_bodies, seal_box, write_item

Clock = Callable[[], int]


@dataclass(frozen=True, slots=True)
class File:
    """A file to be kept as an item: its object's id, its unit, a stream and its length in bytes."""

    object: str
    unit: str
    stream: Readable
    length: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit puts into one stratum; `describe` makes statements about files once hashed."""

    entries: Sequence[Entry] = ()
    files: Sequence[File] = ()
    describe: Callable[[Sequence[Item]], Sequence[Entry]] | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a commit is on the disk: its step, and the items it keeps for each stratum."""

    step: Step
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)


def write_commit(
    vault: Vault, compartment: Compartment, changes: Mapping[str, Change], clock: Clock
) -> Receipt:
    """Put statements and files into the strata of a compartment as one commit; durable when this returns.

    Raises:
        OnggiError: `vault.writing.stratum` for a stratum that is not held, `vault.writing.clock` where no
            moment is left to write at.
        OSError: from the disk; nothing is acknowledged then.
    """
    if not any(compartment is one for one in vault.compartments):
        raise ValueError("a compartment that was read before the vault was read again")
    if not changes.keys() <= set(compartment.strata):
        raise OnggiError("vault.writing.stratum", exit_code=Exit.REFUSED)
    log, seq, previous = _next_place(vault, compartment)
    staged: list[Staged] = []
    roots, boxes, items = {}, {}, {}
    _add_units(vault, compartment, changes)
    for stratum in STRATA:
        change = changes.get(stratum, Change())
        if stratum not in compartment.strata:
            roots[stratum] = vault.randomness(HASH_SIZE).hex()
            boxes[stratum] = blind_box(vault.randomness).hex()
            continue
        root, box, files, kept = _write_stratum(vault, compartment, stratum, change, log, seq)
        roots[stratum], boxes[stratum], items[stratum] = root.hex(), box.hex(), kept
        staged += files
    epochs = {
        stratum: compartment.grants.start.epochs[stratum].id if stratum in compartment.strata else ""
        for stratum in STRATA
    }
    commit = Commit(
        1,
        compartment.id,
        log,
        vault.device.id,
        seq,
        previous,
        epochs,
        roots,
        boxes,
        {other: head for other, head in compartment.history.seen.items() if other != log},
        _next_time(compartment, clock),
    )
    raw = sign_body(vault.device.signer, "commit", commit)
    step = Step(commit, hash_signed("commit", raw))
    stored = Stored("commit", vault.randomness(16).hex(), raw, len(raw), log=log, seq=seq)
    writer = PackWriter(vault.folder, vault.id, compartment.log_domain, vault.randomness)
    settle(vault, [staged, writer.write([stored])], Tip(compartment.id, log, seq, step.hash))
    chain = compartment.history.logs.setdefault(log, Log(log, vault.device.id))
    chain.steps.append(step)
    compartment.parts.clear()
    return Receipt(step, items)


def write_objects(vault: Vault, objects: Mapping[Domain, Sequence[Stored]]) -> None:
    """Put signed entries, anchors or tombstones into their domains, each durable before the next one.

    So what builds on something comes behind it: no crash leaves a grant without its keys.
    """
    writers = [PackWriter(vault.folder, vault.id, domain, vault.randomness) for domain in objects]
    settle(vault, [writer.write(stored) for writer, stored in zip(writers, objects.values(), strict=True)])


def store_entry(vault: Vault, raw: bytes, kind: str = "entry") -> Stored:
    """Signed bytes as an object of their own."""
    return Stored(kind, vault.randomness(16).hex(), raw, len(raw))


def save_ring(vault: Vault, compartment: Compartment, ring: Keyring) -> None:
    """Replace a keyring, both copies, and keep it as the one in use."""
    name = compartment.grants.start.rings[ring.stratum]
    key = ring_key(compartment.keys[ring.stratum], compartment.id, ring.stratum)
    data = write_keyring(ring, vault.id, vault.randomness)
    cell = build_cell(vault.vaultkey, key, vault.id, "rings", name, data, vault.randomness)
    write_copies(vault.folder, "rings", name, cell)
    compartment.rings[ring.stratum] = replace(ring, count=ring.count + 1)


def settle(
    vault: Vault, staged: Sequence[Sequence[Staged]], tip: Tip | None = None, gone: Collection[str] = ()
) -> None:
    """Make staged packs count: announce, rename, acknowledge, delete what was consumed.

    They come in groups, each durable before the next is renamed; the commit is the last.

    The announcement is one copy of the heads that says these names may lie there. So what a crash leaves
    behind is known for what it is, and `recover` knows what to do with it; what is to go it passes as `gone`.
    The other copy is made even last: as long as they differ, nobody knows what of all this is durable.
    """
    folder, shelf, heads = vault.folder, vault.shelf, vault.own_heads
    shelf.drop(gone)
    packs = [one for group in staged for one in group]
    fresh = _count_staged(packs)
    own = {name for name in shelf.names if pack_hash(name) in heads.packs}
    used, more = _round_packs(vault, vault.own_fillers, own, own, fresh, LEAST_OWN)
    change = {size: fresh[size] + more[size] - len(used[size]) for size in CLASSES}
    common, most = _round_packs(vault, vault.common_fillers, shelf.names, shelf.names, change, LEAST)
    fillers = stage_fillers(folder, vault.id, vault.own_fillers, more, vault.randomness)
    rounding = stage_fillers(folder, vault.id, vault.common_fillers, most, vault.randomness)
    kept = frozenset(pack_hash(name) for _, name in (*packs, *fillers))
    announced = kept | frozenset(pack_hash(name) for _, name in rounding)
    used_up = [*gone, *(name for size in CLASSES for name in (*used[size], *common[size]))]
    retired = frozenset(map(pack_hash, used_up))
    save_heads(vault, replace(heads, retired=heads.retired | announced), copies=1)
    for group in ([*fillers, *rounding], *staged):
        folder.settle(group)
    tips = {**heads.tips, tip.compartment: tip} if tip else heads.tips
    named = (heads.packs | kept) - retired
    save_heads(vault, replace(vault.own_heads, packs=named, retired=retired, tips=tips), copies=1)
    folder.remove(used_up)
    shelf.drop(used_up)
    first, second = (f"heads/{vault.card.heads}.{number}" for number in (0, 1))
    folder.replace(second, folder.read(first))
    shelf.take_in(name for _, name in (*packs, *fillers, *rounding))


def recover(vault: Vault) -> None:
    """Clear up behind a crash, by the logs alone.

    What was announced stays, for others may have read it since; but what belongs to a commit that never came,
    fillers, and packs that are not what their names say, go. Keyrings of which one copy is older, or which
    were set back, are written again.
    """
    vault.folder.sweep()
    heads = vault.own_heads
    lying = {name for name in vault.shelf.names if pack_hash(name) in heads.retired}
    torn = {name for name in lying if vault.folder.digest(name) != pack_hash(name)}
    steps = _count_steps(vault, heads, torn)
    committed: dict[str, bool] = {}
    for part in vault.shelf.all_parts():
        if part.pack in lying:
            stays = not part.log or part.seq < steps.get(part.log, 0)
            committed[part.pack] = stays or committed.get(part.pack, False)
    fillers = vault.shelf.names_of(vault.own_fillers) | vault.shelf.names_of(vault.common_fillers)
    gone = {name for name in lying if name in fillers | torn or not committed.get(name, True)}
    tips = {
        one.id: Tip(one.id, log, seq, step.hash)
        for one in vault.compartments
        for log, seq in ((log.id, steps[log.id] - 1) for log in _own_logs(vault, one))
        if (step := one.history.step(log, seq)) is not None
    }
    copies = read_copies(vault.folder, "heads", vault.card.heads)
    cut_short = len(copies) < 2 or copies[0] != copies[1]
    if lying or cut_short or any(heads.tips.get(one) != tip for one, tip in tips.items()):
        # Names that came or went without being synced would now be built on.
        vault.folder.secure()
        packs = heads.packs | frozenset(map(pack_hash, lying - gone))
        vault.heads[heads.device] = replace(heads, packs=packs, tips={**heads.tips, **tips})
        settle(vault, [], gone=sorted(gone))
    if torn:
        vault.load()
    for compartment in vault.compartments:
        for stratum in sorted(compartment.stale):
            renew_ring(vault, compartment, compartment.rings[stratum])
        compartment.stale.clear()
    _clear_spares(vault)


def _count_steps(vault: Vault, heads: Heads, torn: Collection[str]) -> dict[str, int]:
    """How many commits of each log stand.

    Where packs are torn that this device had not acknowledged yet, its disk has said too early that they are
    written. Then nothing that was to come with them stands, unless others have built on it.
    """
    steps: dict[str, int] = {}
    for one in vault.compartments:
        steps |= {log.id: log.head[0] + 1 for log in one.history.logs.values()}
        for log in _own_logs(vault, one) if torn else ():
            seen = [step.commit.seen[log.id][0] for step in one.history.steps() if log.id in step.commit.seen]
            tip = heads.tips.get(one.id)
            steps[log.id] = max([*seen, tip.seq if tip else -1]) + 1
    return steps


def _own_logs(vault: Vault, compartment: Compartment) -> list[Log]:
    return [log for log in compartment.history.logs.values() if log.device == vault.device.id]


def _clear_spares(vault: Vault) -> None:
    """Remove spare cells that were written and never announced, where the log that would say so is whole."""
    lying = set(map(pack_hash, vault.shelf.names))
    grave = any(finding.grave for finding in vault.findings)
    if grave or any(not heads.packs <= lying for heads in vault.heads.values()):
        return
    known = vault.members.cells
    unknown = [name for place in PLACES for name in vault.folder.names(place) if name not in known]
    vault.folder.remove([name for name in unknown if _is_spare(vault, name)])


def _is_spare(vault: Vault, file: str) -> bool:
    place, name = file.split("/")
    if place == "keys":
        return is_spare_slot(vault.folder, vault.vaultkey, int(name))
    key = vault.device.desk if place == "rings" else vault.vaultkey
    return is_spare(vault.folder, key, vault.id, place, name)


def renew_ring(vault: Vault, compartment: Compartment, ring: Keyring) -> None:
    """Put a keyring under fresh keys, wrapped to every device that is granted its stratum."""
    cards = vault.members.devices
    granted = {device: cards[device].xwing for device in compartment.grants.holding(ring.stratum)}
    save_ring(vault, compartment, ring.renewed(granted, vault.id, vault.randomness))


def check_behind(vault: Vault) -> None:
    """Refuse to go on with a log that has lost what this device had acknowledged: that would fork it.

    Raises:
        OnggiError: `vault.writing.behind`, or `vault.heads.lost` where nobody can tell what was acknowledged.
    """
    for compartment in vault.compartments:
        tip = vault.own_heads.tips.get(compartment.id)
        if tip is not None:
            step = compartment.history.step(tip.log, tip.seq)
            if step is None or step.hash != tip.hash:
                raise OnggiError("vault.writing.behind")


def save_heads(vault: Vault, heads: Heads, copies: int = 2, folder: Folder | None = None) -> None:
    """Acknowledge: sign and replace this device's heads, in this folder or in a copy of it."""
    log_keys = {one.id: one.keys[LOG] for one in vault.compartments}
    data = write_heads(heads, vault.device.signer, vault.device.desk, log_keys, vault.randomness)
    name = vault.card.heads
    key = heads_key(vault.vaultkey)
    cell = build_cell(vault.vaultkey, key, vault.id, "heads", name, data, vault.randomness)
    write_copies(folder or vault.folder, "heads", name, cell, copies)
    if folder is None:
        vault.heads[vault.device.id] = replace(heads, count=heads.count + 1)


def _next_place(vault: Vault, compartment: Compartment) -> tuple[str, int, str]:
    for log in compartment.history.logs.values():
        if log.device == vault.device.id:
            seq, previous = log.head
            return log.id, seq + 1, previous
    return log_id(compartment.id, vault.device.id), 0, ""


def _next_time(compartment: Compartment, clock: Clock) -> tuple[int, int]:
    """The hybrid logical clock: never behind what was seen, whatever this machine's clock says."""
    latest = max((log.steps[-1].commit.hlc for log in compartment.history.logs.values()), default=(0, 0))
    now = clock()
    following = (
        (now, 0) if now > latest[0] else divmod(latest[0] * MOST_COUNTED + latest[1] + 1, MOST_COUNTED)
    )
    # Somebody signed the last moment there is; a commit that claimed a later one would be read by nobody.
    if following[0] >= YEAR_10000:
        raise OnggiError("vault.writing.clock")
    return following


def _add_units(vault: Vault, compartment: Compartment, changes: Mapping[str, Change]) -> None:
    """Keys for units that are new: they must be in the keyring before anything is sealed under them."""
    for stratum, change in changes.items():
        ring = compartment.rings.get(stratum)
        if ring is None:
            raise OnggiError("vault.keyring.missing")
        units = {entry.unit for entry in change.entries} | {file.unit for file in change.files}
        if units & ring.erased:
            raise OnggiError("vault.strata.erased", exit_code=Exit.REFUSED)
        fresh = sorted(units - ring.units.keys())
        for unit in fresh:
            ring = ring.with_unit(unit, vault.randomness(32))
        if fresh:
            save_ring(vault, compartment, ring)


def _write_stratum(
    vault: Vault, compartment: Compartment, stratum: str, change: Change, log: str, seq: int
) -> tuple[bytes, bytes, list[Staged], tuple[Item, ...]]:
    """Stage the packs of one stratum; returns its root, its box, what was staged, and its items."""
    domain, keys = compartment.domain(stratum), compartment.rings[stratum].units
    staged, hashed = _stage_files(vault, domain, keys, change.files, log, seq)
    entries = [*change.entries, *(change.describe(hashed) if change.describe else ())]
    salts = _cut_salts(vault.randomness(SALTS * len(entries)))
    leaves = [
        hash_statement(hash_slots(entry.slots, salt)) for entry, salt in zip(entries, salts, strict=True)
    ]
    leaves += [hash_item(item.salt, item.sha256, item.length) for item in hashed]
    scattered = scatter_leaves(leaves, vault.randomness)
    kept = (
        Kept(entry.unit, place, index, salt, entry.slots)
        for place, (entry, salt, index) in enumerate(zip(entries, salts, scattered.places, strict=False))
    )
    items = tuple(
        structs.replace(item, index=place)
        for item, place in zip(hashed, scattered.places[len(entries) :], strict=True)
    )
    objects = [replace(one, log=log, seq=seq) for one in cut_bodies(kept, keys, vault.randomness)]
    for item in items:
        data = write_item(item)
        objects.append(Stored("itemleaf", item.object, data, len(data), item.unit, keys[item.unit], log, seq))
    if len(scattered.leaves) > 1:
        data = b"".join(scattered.leaves)
        objects.append(Stored("leaves", vault.randomness(16).hex(), data, len(data), log=log, seq=seq))
    if objects:
        writer = PackWriter(vault.folder, vault.id, domain, vault.randomness)
        staged += writer.write(objects)
    place = (vault.id, compartment.id, stratum, log, seq)
    box = seal_box(domain.key, place, len(leaves), scattered.leaves, vault.randomness)
    return merkle_root(scattered.leaves), box, staged, items


def _cut_salts(salts: bytes) -> list[bytes]:
    return [salts[at : at + SALTS] for at in range(0, len(salts), SALTS)]


def _stage_files(
    vault: Vault, domain: Domain, keys: Mapping[str, bytes], files: Sequence[File], log: str, seq: int
) -> tuple[list[Staged], list[Item]]:
    if not files:
        return [], []
    streams = [_Hashing(file.stream) for file in files]
    objects = [
        Stored("item", file.object, stream, file.length, file.unit, keys[file.unit], log, seq)
        for file, stream in zip(files, streams, strict=True)
    ]
    staged = PackWriter(vault.folder, vault.id, domain, vault.randomness).write(objects)
    return staged, [
        Item(file.unit, file.object, -1, vault.randomness(SALT_SIZE), stream.digest(), file.length)
        for file, stream in zip(files, streams, strict=True)
    ]


class _Hashing:
    """A stream that is hashed while it is read, so that a file is read once."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._hash = sha256()

    def readinto(self, buffer: memoryview, /) -> int:
        taken = self._stream.readinto(buffer) or 0
        self._hash.update(buffer[:taken])
        return taken

    def digest(self) -> bytes:
        return self._hash.digest()


def _round_packs(
    vault: Vault,
    domain: Domain,
    present: Iterable[str],
    usable: Container[str],
    change: Mapping[int, int],
    least: Mapping[int, int],
) -> tuple[dict[int, list[str]], dict[int, int]]:
    """Which fillers of a domain to consume and how many to make, so that a power of two results."""
    spare = vault.shelf.sizes(name for name in vault.shelf.names_of(domain) if name in usable)
    counts = [
        {size: len(names) for size, names in one.items()} for one in (vault.shelf.sizes(present), spare)
    ]
    consumed, made = plan_fillers(counts[0], change, counts[1], least)
    return {size: spare[size][: consumed[size]] for size in CLASSES}, made


def _count_staged(staged: Iterable[Staged]) -> dict[int, int]:
    counts = dict.fromkeys(CLASSES, 0)
    for path, _ in staged:
        counts[path.stat().st_size] += 1
    return counts
