"""Tokens in a vault: they come, stay, renew each other, and what is wrong with them is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.evidence.authority import SEEN, Authority, build_authority, serve
from tests.evidence.timestamp.conftest import NEEDS_OPENSSL
from tests.vault.invented import ADMIN, ALPHA, MEMBER, Dice, changed, codes, make_entries, open_as, write

from onggi.errors import Exit, OnggiError
from onggi.evidence.timestamp.check import check_token
from onggi.evidence.timestamp.gather import (
    Gathered,
    ask_authorities,
    attach_papers,
    attach_replies,
)
from onggi.evidence.timestamp.health import Health, check_tokens, list_due, read_health
from onggi.evidence.timestamp.request import Request, make_request
from onggi.evidence.timestamp.stamps import (
    anchor_hash,
    check_kept,
    find_target,
    keep_reply,
    list_targets,
    renewed_bytes,
    target_anchor,
    target_renewal,
    tokens_of,
)
from onggi.vault.anchoring import cover_all, cover_commit, find_cover, keep_token
from onggi.vault.checking import check_vault
from onggi.vault.copying import copy_vault
from onggi.vault.opened import Vault
from onggi.vault.publications import Prepared, write_publication
from onggi.vault.session import write_session
from onggi.vault.tokens import Kept, read_token, write_token
from onggi.vault.writing import Change, store_entry, write_objects

pytestmark = [pytest.mark.system, NEEDS_OPENSSL]

Earlier = Callable[[Authority, Request, datetime], bytes]
SPRING = datetime(2026, 3, 1, tzinfo=UTC)


def anchor(vault: Vault) -> bytes:
    """The text of an anchor over all commits of the first compartment."""
    return cover_all(vault, vault.compartment("main")).text


def attach(vault: Vault, authority: Authority, *replies: bytes, now: int = 0) -> Gathered:
    """Bring replies, with the authority's certificates and its list."""
    papers = authority.chain_pem + authority.crl_pem
    return attach_replies(vault, vault.compartments, replies, now, papers)


def health(vault: Vault, now: datetime | None = None) -> Health:
    moment = int((now or datetime.now(UTC)).timestamp())
    return read_health(vault, vault.compartment("main"), moment)


def said(found: Health) -> set[str]:
    return {finding.code for finding in found.findings}


def test_an_anchor_is_made_once_and_by_whom_may(root: Path) -> None:
    vault = open_as(root, ADMIN)
    text = anchor(vault)
    assert anchor(vault) == text == anchor(open_as(root, ADMIN))
    write(vault, {"record": Change(make_entries(ALPHA, 1))})
    assert find_cover(vault, vault.compartment("main")) is None
    # What `prove` needs is there: the older anchor covers its commit.
    first = vault.compartment("main").history.steps()[0]
    assert cover_commit(vault, vault.compartment("main"), first.hash).text == text
    assert anchor(vault) != text
    member = open_as(root, MEMBER)
    assert cover_all(member, member.compartment("main")).text != text  # there is one: nothing is signed
    write(member, {"record": Change(make_entries(ALPHA, 1))})
    before = sorted(path.name for path in root.glob("packs/?/*"))
    with pytest.raises(OnggiError, match=r"vault\.anchors\.release") as caught:
        cover_all(member, member.compartment("main"))
    assert caught.value.exit_code is Exit.REFUSED
    assert sorted(path.name for path in root.glob("packs/?/*")) == before


def test_a_token_s_stored_form_reads_back() -> None:
    kept = Kept("0a" * 32, b"\x30reply\x00", b"chain\n", b"lists\n", 7, "0b" * 32)
    assert read_token(write_token(kept)) == kept
    assert len({kept.id, replace(kept, when=8).id, replace(kept, chain=b"").id}) == 3
    for stored in (b"", bytes(9), write_token(kept)[:-1], write_token(kept).replace(b"0a0a", b"0A0a")):
        with pytest.raises(OnggiError, match=r"vault\.tokens\.broken"):
            read_token(stored)


def test_replies_are_carried_back(root: Path, authority: Authority, other: Authority) -> None:
    """Offline, of two authorities; and whoever holds no release may bring them."""
    text = anchor(open_as(root, ADMIN))
    request = make_request(text, "sha256", bytes)
    member = open_as(root, MEMBER)
    assert said(health(member)) == {"timestamp.alone"}
    one = attach(member, authority, authority.reply(request.raw), now=5)
    two = attach(member, other, other.reply(request.raw), now=6)
    assert [each.checked.valid for each in (*one.gained, *two.gained)] == [True, True]
    vault = open_as(root, ADMIN)
    main = vault.compartment("main")
    kept = tokens_of(vault, main, text)
    assert [each.when for each in kept] == [5, 6]
    assert all(each.anchor == anchor_hash(text) and check_kept(each, text, kept).valid for each in kept)
    found = health(vault)
    assert (found.commits, found.anchored, found.stamped) == (2, 2, 2)
    assert said(found) == {"timestamp.order"}
    assert check_vault(vault).counts["tokens"] == 2 and not codes(check_vault(vault))
    assert check_tokens(vault, main) == ([], 0)
    write(vault, {"record": Change(make_entries(ALPHA, 1))})
    assert {"timestamp.open", "timestamp.alone"} <= said(health(vault))


def test_the_same_reply_is_kept_once_and_again_with_more(root: Path, authority: Authority) -> None:
    vault = open_as(root, ADMIN)
    text = anchor(vault)
    raw = authority.reply(make_request(text, "sha256", bytes).raw)
    attach_replies(vault, vault.compartments, [raw], 1)
    assert "timestamp.chain" in said(health(vault))
    papers = authority.chain_pem + authority.crl_pem
    for now in (2, 3):
        attach_replies(vault, vault.compartments, [raw], now, papers)
    assert [one.when for one in tokens_of(vault, vault.compartment("main"), text)] == [1, 2]
    found = health(vault)
    assert len(found.anchors[0].tokens) == 1 and said(found) == {"timestamp.alone"}


def test_papers_come_later_and_beside_what_they_are_of(
    root: Path, authority: Authority, other: Authority
) -> None:
    vault = open_as(root, ADMIN)
    reply = authority.reply(make_request(anchor(vault), "sha256", bytes).raw)
    assert attach_replies(vault, vault.compartments, [reply], 0).gained[0].checked.valid
    assert {"timestamp.lists", "timestamp.chain"} <= said(health(vault))
    for foreign in (other.chain_pem + other.crl_pem, authority.tsa_pem):
        gathered = attach_papers(vault, vault.compartments, foreign, 1)
        assert [one.code for one in gathered.findings] == ["timestamp.papers"]
        assert len(vault.tokens(vault.compartment("main"))) == 1
    # One after the other, each beside what was there.
    for when, papers in enumerate((authority.root_pem, authority.crl_pem), start=2):
        assert attach_papers(vault, vault.compartments, papers, when).gained
    assert not {"timestamp.lists", "timestamp.chain"} & said(health(vault))
    ((token,),) = (one.tokens for one in health(vault).anchors)
    assert token.checked.valid and token.checked.stamp and token.checked.stamp.complete


def test_that_a_certificate_was_withdrawn_is_not_outweighed(root: Path, authority: Authority) -> None:
    """The list comes when the token has long been kept as good, and is what counts from then on."""
    vault = open_as(root, ADMIN)
    attach(vault, authority, authority.reply(make_request(anchor(vault), "sha256", bytes).raw))
    assert health(vault).anchors[0].tokens[0].checked.valid
    gone = authority.make_list(datetime.now(UTC), datetime.now(UTC) - timedelta(days=1))
    gathered = attach_papers(vault, vault.compartments, gone, 1)
    assert "timestamp.revoked" in {one.code for one in gathered.findings}
    ((token,),) = (one.tokens for one in health(vault).anchors)
    assert not token.checked.valid and "timestamp.revoked" in said(health(vault))


def test_a_reply_over_a_publication_is_kept_beside_it(root: Path, authority: Authority) -> None:
    vault = open_as(root, ADMIN)
    own = anchor(vault) + b"\n"  # an anchor of its own, that is none of the vault's
    reply = authority.reply(make_request(own, "sha256", bytes).raw)
    assert [one.code for one in attach(vault, authority, reply).findings] == ["timestamp.nothing"]
    stored = store_entry(vault, write_publication(Prepared("0" * 64, bytes(32), 1, own)), "publication")
    with write_session(vault):
        write_objects(vault, {vault.compartment("main").log_domain: [stored]})
    vault = open_as(root, ADMIN)
    (gained,) = attach(vault, authority, reply).gained
    assert gained.checked.valid and gained.kept.anchor == anchor_hash(own)
    assert tokens_of(open_as(root, ADMIN), vault.compartment("main"), own) == (gained.kept,)


def test_what_stamps_nothing_here_is_not_kept(root: Path, authority: Authority, reply: bytes) -> None:
    vault = open_as(root, ADMIN)
    text = anchor(vault)
    good = authority.reply(make_request(text, "sha256", bytes).raw)
    damaged = good[:-9] + bytes([good[-9] ^ 1]) + good[-8:]
    brought = attach(vault, authority, reply, b"junk", damaged, good + b"x")
    assert brought.gained == []
    assert [finding.code for finding in brought.findings if finding.grave] == [
        "timestamp.nothing",
        "timestamp.form",
        "timestamp.signature",
        "timestamp.behind",
    ]
    assert vault.tokens(vault.compartment("main")) == []


@pytest.mark.enable_socket
def test_authorities_are_asked(root: Path, tmp_path: Path) -> None:
    vault = open_as(root, ADMIN)
    main = vault.compartment("main")
    text = anchor(vault)
    one = build_authority(tmp_path / "a", "EXAMPLE Authority A")
    now = int(datetime.now(UTC).timestamp() * 1000)
    with serve(one) as url:
        # It names where its root and its list are to be had: only the root makes its chain end.
        named = build_authority(tmp_path / "b", "EXAMPLE Authority B", address=url.removesuffix("/tsa"))
        with serve(named) as second:
            there = [url, "http://127.0.0.1:9/", second]
            got = ask_authorities(vault, main, [target_anchor(text)], there, now, one.root_pem)
        assert [path for _, path in SEEN[url][1:]] == []  # another place within the network: not asked
    assert [each.checked.valid for each in got.gained] == [True, True]
    assert {(finding.code, finding.where) for finding in got.findings if finding.grave} == {
        ("timestamp.unreachable", "tsa 2")
    }
    assert "timestamp.fetch" in {finding.code for finding in got.findings}
    assert len(tokens_of(open_as(root, ADMIN), main, text)) == 2


@pytest.mark.enable_socket
def test_chain_and_list_of_the_day_are_fetched(root: Path, tmp_path: Path) -> None:
    vault = open_as(root, ADMIN)
    place = tmp_path / "a"
    plain = build_authority(place, "EXAMPLE Authority A")
    with serve(plain) as url:
        build_authority(place, "EXAMPLE Authority A", address=url.removesuffix("/tsa"))
        target = target_anchor(anchor(vault))
        long_ago = ask_authorities(vault, vault.compartment("main"), [target], [url], 0)
    (gained,) = long_ago.gained
    assert gained.checked.valid and gained.checked.stamp is not None and gained.checked.stamp.complete
    assert gained.checked.stamp.listed and gained.kept.lists.startswith(b"-----BEGIN X509 CRL")
    assert [path for _, path in SEEN[url][1:]] == [b"/root", b"/crl"]
    assert {finding.code for finding in long_ago.findings} == {"timestamp.clock"}


def test_tokens_renew_each_other(root: Path, tmp_path: Path, earlier: Earlier, authority: Authority) -> None:
    vault = open_as(root, ADMIN)
    main, text = vault.compartment("main"), anchor(vault)
    brief = build_authority(tmp_path / "e", "EXAMPLE Authority E", ends=datetime(2026, 6, 1, tzinfo=UTC))
    papers = brief.chain_pem + brief.make_list(SPRING)
    first = earlier(brief, make_request(text, "sha256", bytes), SPRING)
    attach_replies(vault, vault.compartments, [first], 1, papers)
    found = health(vault, SPRING)
    ((due_anchor, due),) = list_due(found, int(SPRING.timestamp()))
    assert "timestamp.due" in said(found)
    target = target_renewal(due_anchor.text, due.kept)
    assert len(target.stamped) == 256 and target.renews == due.kept.id
    may = SPRING + timedelta(days=60)
    second = earlier(authority, make_request(target.stamped, target.algorithm, bytes), may)
    gained = attach_replies(vault, vault.compartments, [second], 2, authority.chain_pem).gained
    assert [(one.checked.valid, one.kept.renews) for one in gained] == [(True, due.kept.id)]
    # In 2028 the first has long expired; the chain of tokens stands, and only its end is due.
    later = datetime(2028, 6, 1, tzinfo=UTC)
    found = health(vault, later)
    old, new = found.anchors[0].tokens
    assert old.checked.valid and old.renewed and new.checked.valid and not new.renewed
    assert [one.kept.id for _, one in list_due(found, int(later.timestamp()))] == [new.kept.id]
    # A renewal covers what vouched for the old token, too.
    changed_list = replace(due.kept, lists=b"")
    assert not check_kept(gained[0].kept, text, [replace(changed_list, renews="")]).valid
    kept = tokens_of(vault, main, text)
    other_bytes = renewed_bytes(text, due.kept.reply, due.kept.chain, b"")
    third = check_token(second, other_bytes, algorithm="sha512", chain=authority.chain_pem)
    assert [finding.code for finding in third.findings if finding.grave] == ["timestamp.imprint"]
    assert find_target(second, list_targets(text, kept)) == target


def test_a_renewal_must_be_later_and_of_something(
    root: Path, tmp_path: Path, earlier: Earlier, authority: Authority
) -> None:
    vault = open_as(root, ADMIN)
    main, text = vault.compartment("main"), anchor(vault)
    raw = authority.reply(make_request(text, "sha256", bytes).raw)
    kept = keep_reply(vault, main, target_anchor(text), raw, authority.chain_pem, 1)
    target = target_renewal(text, kept)
    request = make_request(target.stamped, target.algorithm, bytes)
    backwards = earlier(authority, request, SPRING)  # a clock, or an authority, that lies
    attach_replies(vault, vault.compartments, [backwards], 2, authority.chain_pem)
    loose = Kept(anchor_hash(text), authority.reply(request.raw), authority.chain_pem, b"", 3, "0c" * 32)
    keep_token(vault, main, loose)
    wrong, _ = check_tokens(vault, main)
    assert [finding.code for finding in wrong] == ["timestamp.renewal", "timestamp.renewal"]
    assert not any(one.renewed for one in health(vault).anchors[0].tokens)


def test_a_token_under_another_anchor_is_said(root: Path, authority: Authority) -> None:
    vault = open_as(root, ADMIN)
    main, text = vault.compartment("main"), anchor(vault)
    raw = authority.reply(make_request(b"another anchor", "sha256", bytes).raw)
    keep_token(vault, main, Kept(anchor_hash(text), raw, authority.chain_pem))
    wrong, _ = check_tokens(vault, main)
    assert [finding.code for finding in wrong] == ["timestamp.imprint"]
    assert not codes(check_vault(vault))  # every file is as it was written


def test_a_publication_s_own_anchor_is_stamped_too(root: Path, authority: Authority) -> None:
    """Its file is no anchor of the vault; its tokens are found by its hash."""
    vault = open_as(root, ADMIN)
    main, text = vault.compartment("main"), b"the anchor file of a dossier\n"
    raw = authority.reply(make_request(text, "sha256", bytes).raw)
    keep_reply(vault, main, target_anchor(text), raw, authority.chain_pem, 4)
    (kept,) = tokens_of(open_as(root, MEMBER), main, text)
    assert check_kept(kept, text, [kept]).valid and kept.reply == raw
    assert check_tokens(vault, main) == ([], 0) and not codes(check_vault(vault))


def test_tokens_survive_a_copy(root: Path, tmp_path: Path, authority: Authority) -> None:
    vault = open_as(root, ADMIN)
    text = anchor(vault)
    attach(vault, authority, authority.reply(make_request(text, "sha256", bytes).raw))
    with write_session(vault):
        copy_vault(vault, tmp_path / "copy", "2026-12-01", lambda *_: None)
    copied = open_as(tmp_path / "copy", ADMIN)
    assert tokens_of(copied, copied.compartment("main"), text) == tokens_of(
        vault, vault.compartment("main"), text
    )
    assert not codes(check_vault(copied))


def test_a_damaged_token_is_seen(root: Path, authority: Authority) -> None:
    before = set(root.glob("packs/?/*"))
    vault = open_as(root, ADMIN)
    text = anchor(vault)
    anchored = set(root.glob("packs/?/*"))
    attach(vault, authority, authority.reply(make_request(text, "sha256", bytes).raw))
    assert before != anchored
    found = 0
    for pack in sorted(set(root.glob("packs/?/*")) - anchored):
        data = pack.read_bytes()
        for at in (200, 2_000):
            with changed(pack, data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]):
                report = check_vault(open_as(root, ADMIN))
                assert "vault.packs.hash" in codes(report)
                found += "tokens" not in report.counts
    assert found  # one of them held it
    with write_session(vault):
        main = vault.compartment("main")
        write_objects(vault, {main.log_domain: [store_entry(vault, b"bytes", "token")]})
    assert codes(check_vault(open_as(root, ADMIN))) == {"vault.tokens.broken"}


@pytest.mark.parametrize("step", range(1, 7))
def test_a_crash_loses_no_token_and_makes_no_half_one(
    root: Path, tmp_path: Path, authority: Authority, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = open_as(root, ADMIN)
    main, text = vault.compartment("main"), anchor(vault)
    raw = authority.reply(make_request(text, "sha256", bytes).raw)
    other = authority.reply(make_request(text, "sha256", lambda size: b"\x01" * size).raw)
    keep_reply(vault, main, target_anchor(text), raw, authority.chain_pem, 1)

    class Stopped(BaseException):
        """The power is gone."""

    left = step

    def stop(*_: object, **__: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Stopped

    for name in ("settle", "replace", "remove"):
        real = getattr(vault.folder, name)

        def wrapped(*args: object, real: Callable[..., object] = real, **how: object) -> object:
            stop()
            return real(*args, **how)

        monkeypatch.setattr(vault.folder, name, wrapped)
    try:
        keep_reply(vault, main, target_anchor(text), other, authority.chain_pem, 2)
    except Stopped:
        pass
    else:
        pytest.fail("it was not stopped")
    after = open_as(root, ADMIN)
    kept = tokens_of(after, after.compartment("main"), text)
    assert [one.reply for one in kept] in ([raw], [raw, other])
    again = keep_reply(after, main, target_anchor(text), other, authority.chain_pem, 3)
    final = open_as(root, ADMIN)
    assert len(tokens_of(final, main, text)) == 2 and again.reply == other
    assert not codes(check_vault(final))


def test_a_nonce_is_of_the_dice_that_are_passed_in() -> None:
    made = [make_request(b"text", "sha256", Dice(seed)).raw for seed in ("one", "one", "two")]
    assert made[0] == made[1] != made[2]
