"""Many invented people and what befell each, enough of them for a table."""

from tests.promises.canaries import make_words

from onggi.model.entity import make_code

CROWD = [("sale", "female", 30), ("sale", "male", 3), ("beating", "female", 25), ("beating", "male", 22)]
"""Two acts, two sexes, and three men who were sold."""


def code_of(number: int) -> str:
    return make_code("person", (number << 16).to_bytes)


def write_people(first: int, number: int, *, act: str = "sale", sex: str = "female") -> str:
    """A record file of so many people and what befell each, with a name and words that may not leave."""
    lines = ['onggi = 1\n[case]\ntitle = "INVENTED"\nlang = "ko"\n[defaults]\nlang = "ko"']
    for one in range(first, first + number):
        lines.append(f'[person.p{one}]\ncode = "{code_of(one)}"\nsex = "{sex}"')
        lines.append(f'[act.a{one}]\ntype = "{act}"\nvictim = "p{one}"')
        lines.append(f'[[statement]]\nabout = "p{one}"\nproperty = "note"\nvalue = "{make_words(one)}"')
    return "\n".join(lines) + "\n"
