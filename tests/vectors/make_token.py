"""Writes token.json: an invented authority's replies over a text, its chain and its lists, by openssl.

Uses the openssl program and nothing of ours. Keys are made new and thrown away, so running it again writes
another file: the one that is kept is of the day that it names. The authority's certificate is signed by one
that is signed by the root; `reply` embeds both, in the order in which openssl 3.0 writes them, which DER does
not allow and rfc3161-client refuses.
"""

import base64
import json
import subprocess
import tempfile
from pathlib import Path

STAMPED = "an invented anchor\n"
CONFIG = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = unused
[above]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[authority]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
serial = serial
crypto_device = builtin
signer_cert = authority.pem
certs = between.pem
signer_key = authority.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
[ca]
default_ca = lists
[lists]
database = index.txt
crlnumber = crlnumber
default_crl_days = 30
default_md = sha256
"""


def main() -> None:
    """Write the file beside this script."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def openssl(*arguments: str) -> None:
            surroundings = {"PATH": "/usr/bin:/bin", "OPENSSL_CONF": "config"}
            subprocess.run(
                ["openssl", *arguments], cwd=folder, env=surroundings, check=True, capture_output=True
            )

        def read(file: str) -> str:
            return base64.b64encode((folder / file).read_bytes()).decode()

        def pem(*files: str) -> str:
            texts = [(folder / file).read_text("utf-8") for file in files]
            return "".join(text[text.index("-----BEGIN") :] for text in texts)

        (folder / "config").write_text(CONFIG, "utf-8")
        (folder / "index.txt").touch()
        (folder / "stamped").write_text(STAMPED, "utf-8")
        for counter in ("serial", "crlnumber"):
            (folder / counter).write_text("01\n", "utf-8")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        openssl(
            *("req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-days", "3650"),
            *("-subj", "/CN=EXAMPLE root", "-extensions", "above"),
        )
        for one, above, kind in (("between", "root", "above"), ("authority", "between", "authority")):
            openssl("req", *key, "-keyout", f"{one}.key", "-out", "request", "-subj", f"/CN=EXAMPLE {one}")
            openssl(
                *("x509", "-req", "-in", "request", "-CA", f"{above}.pem", "-CAkey", f"{above}.key"),
                *("-CAcreateserial", "-out", f"{one}.pem", "-days", "3650"),
                *("-extfile", "config", "-extensions", kind),
            )
        openssl(
            *("req", "-x509", *key, "-keyout", "another.key", "-out", "another.pem", "-days", "3650"),
            *("-subj", "/CN=EXAMPLE another root", "-extensions", "above"),
        )
        asked = {"reply": ("-sha256", "-cert"), "bare": ("-sha256",), "other": ("-sha512",)}
        for reply, options in asked.items():
            openssl("ts", "-query", "-data", "stamped", *options, "-out", "query")
            openssl("ts", "-reply", "-section", "tsa", "-queryfile", "query", "-out", reply)
        lists = ("ca", "-cert", "between.pem", "-keyfile", "between.key")
        openssl(*lists, "-gencrl", "-out", "lists.pem")
        openssl(*lists, "-revoke", "authority.pem")
        openssl(*lists, "-gencrl", "-out", "revoked.pem")
        vectors = {
            "stamped": STAMPED,
            "reply": read("reply"),
            "bare reply": read("bare"),
            "sha512 reply": read("other"),
            "chain": pem("between.pem", "root.pem"),
            "authority": pem("authority.pem"),
            "root": pem("root.pem"),
            "another root": pem("another.pem"),
            "lists": pem("lists.pem"),
            "revoked": pem("revoked.pem"),
        }
    text = json.dumps(vectors, indent=1)
    Path(__file__).with_name("token.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
