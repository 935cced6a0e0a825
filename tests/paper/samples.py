"""Invented documents that hold every kind of block, in three languages."""

from onggi.paper.document import (
    Block,
    Code,
    Contents,
    Document,
    Fact,
    Facts,
    Heading,
    List,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Table,
    Text,
)

HASH = "0f343b0931126a20f133d67c2b018a3b2f8a1c0c4b6ee1d3f5a90c7e6d0b5a12"
HOSTILE = "#import \"x\": * \\ $ * ] [ <script>alert('1')</script> @ref <label> `raw` // /* ~ -- &amp; {x} %s"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120" width="400" height="120">'
    '<line x1="20" x2="380" y1="60" y2="60" stroke="#333"/><circle cx="90" cy="60" r="5" fill="#333"/>'
    '<text x="90" y="45" font-size="12" text-anchor="middle">March 2009 · 체포</text>'
    '<text x="240" y="85" font-size="12" text-anchor="middle" font-family="Noto Sans" font-weight="700">'
    "遣返</text></svg>"
)

ENGLISH = Document(
    "Case ON-0042: an invented submission",
    "en",
    "CONFIDENTIAL · for the Special Rapporteur only",
    (
        Note("remark", (Paragraph("This case is invented. Every person, place and date was made up."),)),
        Contents(),
        Heading(1, "Summary", "summary"),
        Paragraph(
            (
                "A woman from ",
                Text("함경북도", lang="ko"),
                " (North Hamgyŏng) was sold in a village near ",
                Text("延吉市", lang="zh"),
                " and, in 2013, returned. The account rests on three sources; ",
                Reference("fact 3", "fact-3"),
                " is contested. The principle of ",
                Text("non-refoulement", emphasis=True),
                " is at issue, and ",
                Text("no protection was offered", strong=True),
                ".",
            )
        ),
        Paragraph(
            "Names keep their marks: Ri Yŏng-hŭi, Chʼoe Sŏk, Lǚ Xiùlán, Đặng Thị Hạnh. Амурская область. かな"
        ),
        Heading(2, "What is asked"),
        List(("That an appeal be transmitted.", "That the family of P-17 be told."), ordered=True),
        List(("one", "two"), ordered=True),
        List(("a first point", "a second point, which is longer")),
        Heading(2, "Facts"),
        Facts(
            (
                Fact("1", "She was born in 1987 in Musan county.", "fact-1"),
                Fact(
                    "2", ("In March 2009 she crossed the river. Confidence ", Text("high", strong=True), ".")
                ),
                Fact("3", ("She was sold for ¥10,000: see ", Reference("fact 1", "fact-1"), "."), "fact-3"),
            )
        ),
        Facts((Fact("Recipient", "A Special Rapporteur"), Fact("Anchor", (Code(HASH),)))),
        Heading(1, "Evidence"),
        Heading(2, "Testimony"),
        Heading(3, "Interview of 3 May"),
        Quote(
            "강을 건넌 날 밤에는 눈이 왔습니다. (咸鏡北道 茂山)",
            "ko",
            "It was snowing the night we crossed the river.",
            "Source S-1, paragraph 14",
        ),
        Quote("你们的人我们已经送回去了。", "zh"),
        Table(
            ("No.", "Item", "SHA-256", "Custody"),
            tuple(
                (str(i), f"Photograph, received {i} May 2025", (Code(HASH),), "Handed over by S-1 to M-3")
                for i in range(1, 31)
            ),
            (1, 4, 5, 4),
            "Evidence and its custody",
        ),
        Picture(DRAWING, "A timeline: arrest in March 2009, then return.", "Timeline of the case", 80),
        Note("caution", (Paragraph("The person is at risk."), List(("Do not publish places.",)))),
        PageBreak(),
        Heading(1, "How this can be challenged"),
        Paragraph(HOSTILE),
    ),
)

KOREAN = Document(
    "사건 ON-0042: 지어낸 제출 문서",
    "ko",
    "대외비 · 특별보고관 한정",
    (
        Contents(3),
        Heading(1, "요약"),
        Paragraph(
            (
                "2009년 3월, 무산군 출신 여성이 두만강을 건너 ",
                Text("延吉市", lang="zh"),
                " 인근 마을에 팔렸고, 2013년 현(縣) 공안에 체포되어 강제송환되었다. ",
                Reference("사실 2", "fact-2"),
                "는 다툼이 있다. ",
                Text("강제송환 금지", emphasis=True),
                " 원칙이 문제 되며, ",
                Text("어떠한 보호 조치도 없었다", strong=True),
                ". 이름의 한자는 李英姬로 적는다.",
            )
        ),
        Facts((Fact("1", "1987년 무산군에서 태어났다."), Fact("2", "위안화로 팔렸다.", "fact-2"))),
        Quote("关于此事不必再问。", "zh", "이 일은 더 묻지 마시오.", "증거 E-4"),
        Table(("번호", "증거"), (("1", "사진"), ("2", (Code(HASH),)))),
        Picture(DRAWING, "사건의 시간표", width=60),
        Note("caution", (Paragraph("당사자가 위험합니다."), Facts((Fact("연락", "금지"),)))),
    ),
)

CHINESE = Document(
    "案件 ON-0042：虚构的提交材料",
    "zh",
    "机密 · 仅供特别报告员",
    (
        Contents(1),
        Heading(1, "摘要"),
        Paragraph(
            (
                "2009年3月，一名来自",
                Text("함경북도", lang="ko"),
                "的女子越过图们江；2013年被逮捕并遣返。所涉原则为“",
                Text("不驱回", emphasis=True),
                "”（non-refoulement），",
                Text("未提供任何保护", strong=True),
                "。直骨角化门与曜关次……",
            )
        ),
        Facts((Fact("事实一", "1987年生于茂山郡。"), Fact("事实二", "以一万元被卖。"))),
        Quote("눈이 왔습니다.", "ko", "下着雪。", "来源S-1，第14段"),
        Table(("编号", "证据"), (("1", "照片"),), caption="证据清单"),
        Note("remark", (Table(("甲", "乙"), (("一", "二"),)),)),
    ),
)

SAMPLES = {"en": ENGLISH, "ko": KOREAN, "zh": CHINESE}


def make_document(*blocks: Block, lang: str = "en", mark: str = "") -> Document:
    """A document with these blocks."""
    return Document("Title", lang, mark, blocks)
