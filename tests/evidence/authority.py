"""A local authority named EXAMPLE: a root, a certificate for time stamps, and `openssl ts` that answers.

`build_authority` makes it in a folder; keys and certificates follow from its name, so that it can be built
again and is the same. `serve` lets it answer over HTTP on this machine. Nothing it says is worth anything.
"""

import hashlib
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
ROOT_ENDS = datetime(2036, 1, 1, tzinfo=UTC)
POLICY = "1.3.6.1.4.1.99999.1"

_CONFIGURATION = """[tsa]
default_tsa = example
[example]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
{certs}signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = {policy}
digests = {digests}
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Authority:
    """An authority in a folder: `chain_pem` its own certificate and the root, `crl_pem` the root's list."""

    folder: Path
    name: str
    tsa: x509.Certificate
    root: x509.Certificate
    root_key: ec.EllipticCurvePrivateKey

    @property
    def tsa_pem(self) -> bytes:
        return self.tsa.public_bytes(Encoding.PEM)

    @property
    def root_pem(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)

    @property
    def chain_pem(self) -> bytes:
        return self.tsa_pem + self.root_pem

    @property
    def crl_pem(self) -> bytes:
        return self.make_list()

    def reply(self, request: bytes, moment: datetime | None = None) -> bytes:
        """What it answers; at another moment than now with faketime."""
        asked, answered = self.folder / "asked.tsq", self.folder / "answered.tsr"
        asked.write_bytes(request)
        words = ["openssl", "ts", "-reply", "-queryfile", str(asked), "-config", str(self.folder / "ts.cnf")]
        if moment is not None:
            words = ["faketime", moment.strftime("%Y-%m-%d %H:%M:%S"), *words]
        done = subprocess.run(
            [*words, "-out", str(answered)], env={"PATH": _path(), "TZ": "UTC"}, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()
        return answered.read_bytes()

    def make_list(
        self,
        moment: datetime | None = None,
        withdrawn: datetime | None = None,
        reason: x509.ReasonFlags | None = None,
    ) -> bytes:
        """The root's list as of a moment, for a week; `withdrawn`: since when the authority stands on it."""
        now = moment or datetime.now(UTC) - timedelta(minutes=5)
        made = x509.CertificateRevocationListBuilder(issuer_name=self.root.subject)
        made = made.last_update(now).next_update(now + timedelta(days=7))
        if withdrawn is not None:
            gone = x509.RevokedCertificateBuilder(self.tsa.serial_number, withdrawn)
            if reason is not None:
                gone = gone.add_extension(x509.CRLReason(reason), critical=False)
            made = made.add_revoked_certificate(gone.build())
        made = made.add_extension(x509.CRLNumber(1), critical=False)
        return made.sign(self.root_key, hashes.SHA256()).public_bytes(Encoding.PEM)


def build_authority(
    folder: Path,
    name: str = "EXAMPLE Authority A",
    *,
    ends: datetime = ENDS,
    embeds: int = 1,
    digests: str = "sha256, sha512",
    address: str = "",
) -> Authority:
    """Make an authority in a folder, which must be absolute.

    `embeds`: how many certificates stand in a reply, 1 or 2; `address`: where its root and list are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    root_key, tsa_key = _make_key(f"{name} root"), _make_key(f"{name} tsa")
    root = _sign(f"{name} Root", root_key, f"{name} Root", root_key, ROOT_ENDS, True, "")
    tsa = _sign(name, tsa_key, f"{name} Root", root_key, ends, False, address)
    made = Authority(folder, name, tsa, root, root_key)
    (folder / "tsa.pem").write_bytes(made.tsa_pem)
    (folder / "root.pem").write_bytes(made.root_pem)
    (folder / "tsa.key").write_bytes(tsa_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "serial").write_text("01\n")
    certs = f"certs = {folder}/root.pem\n" if embeds == 2 else ""
    (folder / "ts.cnf").write_text(
        _CONFIGURATION.format(folder=folder, certs=certs, policy=POLICY, digests=digests)
    )
    return made


@contextmanager
def serve(authority: Authority, answer: bytes | None = None, status: int = 200) -> Iterator[str]:
    """Its address while it answers on this machine; always with the bytes `answer`, if they are given."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.seen.append((dict(self.headers), request))  # type: ignore[attr-defined]
            self._answer(
                authority.reply(request) if answer is None else answer, "application/timestamp-reply"
            )

        def do_GET(self) -> None:
            self.server.seen.append((dict(self.headers), self.path.encode()))  # type: ignore[attr-defined]
            body = authority.crl_pem if self.path.endswith("crl") else authority.root_pem
            self._answer(body, "application/octet-stream")

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if status >= 300:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.seen = []  # type: ignore[attr-defined]
    SEEN[f"http://127.0.0.1:{server.server_port}/tsa"] = server.seen  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


SEEN: dict[str, list[tuple[dict[str, str], bytes]]] = {}
"""By address, what each served authority was sent: headers, and the body or the path asked for."""


def _path() -> str:
    folders = {
        str(Path(found).parent) for tool in ("openssl", "faketime", "date") if (found := shutil.which(tool))
    }
    return ":".join(sorted(folders))


def _make_key(name: str) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(hashlib.sha256(name.encode()).digest(), "big") >> 1
    return ec.derive_private_key(number, ec.SECP256R1())


def _make_name(name: str) -> x509.Name:
    parts = [(NameOID.ORGANIZATION_NAME, "EXAMPLE, for tests only"), (NameOID.COMMON_NAME, name)]
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts])


def _sign(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    ends: datetime,
    is_root: bool,
    address: str,
) -> x509.Certificate:
    made = x509.CertificateBuilder(
        _make_name(issuer), _make_name(name), key.public_key(), 1 if is_root else 2
    )
    made = made.not_valid_before(BEGINS).not_valid_after(ends)
    made = made.add_extension(x509.BasicConstraints(is_root, None), critical=True)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    made = made.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
    )
    signs = not is_root
    made = made.add_extension(
        x509.KeyUsage(signs, signs, False, False, False, is_root, is_root, False, False), critical=True
    )
    if not is_root:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if address:
        place = x509.UniformResourceIdentifier(f"{address}/root")
        access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, place)
        made = made.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
        listed = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{address}/crl")], None, None, None)
        made = made.add_extension(x509.CRLDistributionPoints([listed]), critical=False)
    return made.sign(issuer_key, hashes.SHA256(), ecdsa_deterministic=True)
