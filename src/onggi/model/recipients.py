"""To whom something can be given: the ids that a consent may name, and a dossier's `--for` where the body
has a form.

An id stands for one body; what each asks for, in which form if in any, and how dangerous it is, is for law to
say. Some ids stand for many bodies: whoever agrees to one of those names the organisation besides.

Floor 2. Pure data; it refuses nothing.
"""

ARCHIVE = "ARCHIVE"
PATTERN = "PATTERN"
"""A brief without individuals. It has no reader of its own, so only being counted in it can be agreed to."""

RECIPIENTS = frozenset(
    {
        # the United Nations, and courts between States
        *("UN-SP", "WGAD-REG", "WGAD-UA", "WGEID-URG", "WGEID-STD", "CED-UA", "HRC-CP", "TB-CEDAW"),
        *("TB-CEDAW-OP", "TB-CAT-CRC-CESCR-CERD-HRC", "UPR", "OHCHR-SEOUL", "UNHCR", "UNVFVT"),
        *("ICC-15", "ICJ"),
        # States
        *("CN-POLICE", "CN-PRIVATE", "CN-SUPERVISION", "KR-CRIM", "KR-CIVIL", "KR-NKHR-CENTER"),
        *("KR-CONSULAR", "UJ", "US-GLOMAG", "UK-GHR", "EU-CA-AU", "US-TIP", "US-TVPA-TVPRA", "INTERPOL"),
        # whoever keeps or publishes
        *("NGO-ARCHIVES", ARCHIVE, PATTERN),
    }
)

MANY = frozenset({ARCHIVE, "NGO-ARCHIVES", "EU-CA-AU", "TB-CAT-CRC-CESCR-CERD-HRC", "UJ"})
"""The ids behind which several bodies stand."""
