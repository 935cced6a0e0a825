"""Tables in four encodings, with and without a map; what is wrong is told and stops nothing else."""

import pytest

import onggi.link.table as reading
from onggi.errors import OnggiError
from onggi.link.columns import Records
from onggi.link.table import TableMap, TableReader, decode_table, read_map

KOREAN = "record_id,name,origin\n1,리영희,회령시\n2,김철수,무산군\n3,박순옥,청진시\n"
CHINESE = "record_id,name,origin\n1,李英姬,延吉市\n2,王伟,牡丹江\n3,张丽华,图们市\n"


def read(*tables: str | bytes, mapping: TableMap | None = None) -> Records:
    reader = TableReader(mapping or TableMap())
    for one in tables:
        reader.add(one.encode() if isinstance(one, str) else one)
    return reader.finish()


def show(records: Records, column: str) -> list[str]:
    held = records.columns[column]
    return [held.texts[code] if code >= 0 else "" for code in held.codes.tolist()]


@pytest.mark.parametrize("text", [KOREAN, CHINESE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "cp949"])
def test_any_of_the_encodings_gives_the_same_text(text: str, encoding: str) -> None:
    if encoding in ("gb18030", "cp949") and (encoding == "cp949") != (text is KOREAN):
        return  # what a Korean program writes is Korean, and a Chinese one Chinese
    assert decode_table(text.encode(encoding)) == text


@pytest.mark.parametrize("together", [1, 2, 3, 100])
def test_rows_that_are_wrong_are_left_out_and_told(together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_TOGETHER", together)
    records = read("record_id,name\n1,a\n1,b\n,c\n2\n=3,d\n")
    assert records.ids == ("1", "=3") and records.left_out == 3
    assert [(one.code, one.where) for one in records.findings] == [
        ("link.row.twice", "table 1, line 3"),
        ("link.row.nameless", "table 1, line 4"),
        ("link.row.width", "table 1, line 5"),
        ("link.row.formula", "table 1, line 6"),
    ]


def test_tables_without_a_list_are_lists_of_their_own() -> None:
    lists = show(read("record_id,name\n1,a\n", "record_id,name\n2,b\n"), "list")
    assert len(set(lists)) == 2


def test_a_map_says_which_column_is_which() -> None:
    mapping = read_map(
        '[columns]\nrecord_id = "no"\nname = "성명"\n[feature.phone]\nkind = "code"\n'.encode()
    )
    records = read("성명,no,phone\n리영희,7,123\n", mapping=mapping)
    assert records.ids == ("7",) and show(records, "name") == ["리영희"] and show(records, "phone") == ["123"]
    assert mapping.kinds["phone"] == "code"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("[columns", "link.map.broken"),
        ("[other]\n", "link.map.unknown"),
        ('[columns]\nwho = "a"\n', "link.map.unknown"),
        ("[columns]\nname = 3\n", "link.map.unknown"),
        ("columns = 1\n", "link.map.unknown"),
        ('[feature.x]\nkind = "guess"\n', "link.map.kind"),
        ('[feature.name]\nkind = "word"\n', "link.map.kind"),
        ("[feature]\nx = 1\n", "link.map.kind"),
        ('[feature.x]\nkind = "word"\ncolumn = 3\n', "link.map.kind"),
    ],
)
def test_a_map_that_is_wrong_is_refused(text: str, error: str) -> None:
    with pytest.raises(OnggiError, match=error):
        read_map(text.encode())


@pytest.mark.parametrize(
    ("table", "error"),
    [
        (b"", "link.table.header"),
        (b"name\nx\n", "link.table.header"),
        (b"record_id,record_id\n1,2\n", "link.table.header"),
        (b'record_id,name\n1,"x"y\n', "link.table.quotation"),
        (b'record_id,name\n1,"x\n', "link.table.quotation"),
        (b"record_id,name\n1,\xff\xff\xff\n", "link.table.encoding"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(table: bytes, error: str) -> None:
    with pytest.raises(OnggiError, match=error):
        read(table)


def test_what_is_told_of_a_table_is_its_heads_and_how_many_rows() -> None:
    text = '[columns]\nname = "성명"\n[feature.phone]\nkind = "code"\ncolumn = "tel"\n'
    records = read(
        "record_id,성명,tel,x,\n1,a,1,,\n1,b,2,,\n2\n,,,,\n3,c,3,,\n", mapping=read_map(text.encode())
    )
    (seen,) = records.tables
    assert dict(seen.read) == {"record_id": "record_id", "name": "성명", "phone": "tel"}
    assert (seen.unread, seen.unused, seen.rows, seen.left_out) == (("x", ""), 2, 2, 3)
    many = ",".join(f"c{at}" for at in range(10_000))
    (seen,) = read(f"record_id,{many}\n").tables
    assert (len(seen.unread), seen.unused) == (20, 10_000), "no more of them is held"
