"""A timestamping authority of our own, made with the openssl program: it stamps what it is given, offline."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from onggi.dossier.bag import Timestamp

_CONFIG = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = unused
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[authority]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/authority.pem
certs = {folder}/chain.pem
signer_key = {folder}/authority.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
[ca]
default_ca = lists
[lists]
database = {folder}/index.txt
crlnumber = {folder}/crlnumber
default_crl_days = 30
default_md = sha256
"""


@dataclass(frozen=True)
class Authority:
    """Its folder, with its keys and certificates."""

    folder: Path

    def stamp(self, content: bytes, *, digest: str = "sha256", embed: bool = True) -> Timestamp:
        """A timestamp over `content`, with all certificates embedded or none, the chain and its lists."""
        (self.folder / "content").write_bytes(content)
        asked = ["-cert"] if embed else []
        self._openssl("ts", "-query", "-data", "content", f"-{digest}", *asked, "-out", "query")
        self._openssl("ts", "-reply", "-section", "tsa", "-queryfile", "query", "-out", "reply")
        return Timestamp(*((self.folder / name).read_bytes() for name in ("reply", "chain.pem", "crl.pem")))

    def revoke(self) -> bytes:
        """The lists after its own certificate was revoked."""
        self._openssl("ca", "-cert", "root.pem", "-keyfile", "root.key", "-revoke", "authority.pem")
        return self.list_revoked()

    def list_revoked(self) -> bytes:
        """Its root's list of revoked certificates as of now."""
        self._openssl("ca", "-gencrl", "-cert", "root.pem", "-keyfile", "root.key", "-out", "crl.pem")
        return (self.folder / "crl.pem").read_bytes()

    def _openssl(self, *arguments: str) -> None:
        surroundings = {"PATH": os.environ["PATH"], "OPENSSL_CONF": str(self.folder / "config")}
        subprocess.run(
            ["openssl", *arguments], cwd=self.folder, env=surroundings, check=True, capture_output=True
        )


def found_authority(folder: Path, name: str = "EXAMPLE authority") -> Authority:
    """A new authority under a root of its own, whose certificates are valid for a year."""
    folder.mkdir()
    (folder / "config").write_text(_CONFIG.format(folder=folder), "utf-8")
    (folder / "index.txt").touch()
    for counter in ("serial", "crlnumber"):
        (folder / counter).write_text("01\n", "utf-8")
    authority = Authority(folder)
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    authority._openssl(
        *("req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-days", "365"),
        *("-subj", f"/CN={name} root", "-extensions", "root"),
    )
    authority._openssl("req", *key, "-keyout", "authority.key", "-out", "request", "-subj", f"/CN={name}")
    authority._openssl(
        *("x509", "-req", "-in", "request", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial"),
        *("-out", "authority.pem", "-days", "365", "-extfile", "config", "-extensions", "authority"),
    )
    (folder / "chain.pem").write_bytes((folder / "root.pem").read_bytes())
    authority.list_revoked()
    return authority
