"""Writes canonical.json: values with their canonical bytes, and what must be refused.

Uses none of our code. The bytes of the first two come from their sources as they stand there; the others from
the standard library's `json`, which for ASCII keys and without floats writes RFC 8785.
"""

import json
from pathlib import Path

# RFC 8785 §3.2.2 and §3.2.4 without the member "numbers": the bytes as the RFC prints them.
RFC_INPUT = (
    '{"string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}'
)
RFC_BYTES = (
    "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c22737472696e67223a"
    "22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d"
)
# "arrays" of the test data published with RFC 8785 (cyberphone/json-canonicalization).
ARRAYS_INPUT = '[\n  56,\n  {\n    "d": true,\n    "10": null,\n    "1": [ ]\n  }\n]'
ARRAYS_BYTES = b'[56,{"1":[],"10":null,"d":true}]'.hex()

OURS: dict[str, object] = {
    "empty": None,
    "key order": {"b": 1, "a": 2, "B": 3, "A": 4, "": 5, "a b": 6, "~": 7, "\x7f": 8, "10": 9, "9": 10},
    "control characters": "".join(map(chr, range(0x20))) + '"\\/\x7f\x80\u2028\u2029\ufeff',
    "Hangul, composed and not, stays as given": ["한글", "한글", "리영희", "李英姬"],
    "beyond the basic plane": ["😀", "𠮷", "\U0010ffff", "\ue000"],
    "integers": [0, -1, 2**53 - 1, -(2**53 - 1)],
    "nesting": {"a": [{"b": [[], {}]}]},
}

# Texts that a JSON reader takes, of values that have no canonical form here.
REFUSED_VALUES = {
    "float": "[0.5]",
    "float that is whole": "[1.0]",
    "exponent": "[1e2]",
    "2^53": "[9007199254740992]",
    "-2^53": "[-9007199254740992]",
    "key not ASCII (RFC 8785 §3.2.3)": '{"\\u20ac": "Euro Sign"}',
    "lone surrogate": '["\\ud800"]',
    "key with a lone surrogate": '{"\\udead": 1}',
    "65 levels": "[" * 65 + "]" * 65,
}

# Bytes that are JSON, or nearly, but not what the encoder writes.
REFUSED_BYTES = {
    "space": b"[1, 2]".hex(),
    "line end": b"null\n".hex(),
    "keys out of order": b'{"b":1,"a":2}'.hex(),
    "a key twice": b'{"a":1,"a":1}'.hex(),
    "needless escape": b'"\\u0041"'.hex(),
    "escaped solidus": b'"\\/"'.hex(),
    "upper-case escape": b'"\\u001F"'.hex(),
    "escape with a shorter form": b'"\\u000a"'.hex(),
    "surrogate pair escaped": b'"\\ud83d\\ude00"'.hex(),
    "byte order mark": b"\xef\xbb\xbfnull".hex(),
    "minus zero": b"-0".hex(),
    "float": b"1.0".hex(),
    "not UTF-8": b'"\xff"'.hex(),
    "surrogate as UTF-8": b'"\xed\xa0\x80"'.hex(),
    "cut short": b'{"a":'.hex(),
    "nothing": "",
}


def encode_independently(value: object) -> str:
    """The canonical bytes by the standard library, in hex."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode().hex()


def main() -> None:
    """Write the file beside this script."""
    vectors = {
        "canonical": [
            {"name": "RFC 8785 §3.2.2", "json": RFC_INPUT, "bytes": RFC_BYTES},
            {"name": "arrays", "json": ARRAYS_INPUT, "bytes": ARRAYS_BYTES},
            *(
                {"name": name, "json": json.dumps(value), "bytes": encode_independently(value)}
                for name, value in OURS.items()
            ),
        ],
        "refused values": [{"name": name, "json": text} for name, text in REFUSED_VALUES.items()],
        "refused bytes": [{"name": name, "bytes": text} for name, text in REFUSED_BYTES.items()],
    }
    Path(__file__).with_name("canonical.json").write_text(json.dumps(vectors, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
