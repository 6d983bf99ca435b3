"""People whose profiles try to run scripts, to break the layout, or to pass for another text."""

from typing import Any

NURSES = "29-1141.00"
# As long as an import lets each field be (docs/profiles.md).
NAME, TITLE, HEADLINE, BIO, TOPIC = 120, 120, 200, 5000, 120
# Each leaves a mark on the window if it ever runs.
SCRIPTS = [
    "<script>window.ran = 1</script>",
    "</title></textarea><script>window.ran = 2</script>",
    '"><img src=x onerror="window.ran = 3">',
    "' autofocus onfocus='window.ran = 4' x='",
    "<svg onload=window.ran=5>",
    "<a href=javascript:window.ran=6>click</a>",
    "{{ 7 * 7 }}{% raw %}<!--",
]
# Twenty marks above each letter and twenty below.
ZALGO = "".join(letter + "\u030d\u0316" * 20 for letter in "He comes")
ARABIC, HEBREW = "ليلى بن سالم", "נועה לוי"


def person(id_: str, name: str, text: str) -> dict[str, Any]:
    """A nurse who has `text` in every public field that takes any text."""
    return {
        "id": id_,
        "name": name[:NAME],
        "headline": text[:HEADLINE],
        "bio": text[:BIO],
        "location": text[:TITLE],
        "country": "GB",
        "languages": ["en"],
        # The second is what every search here is about; the first is as hostile as the rest.
        "positions": [
            {
                "title": f"Nurse {text}"[:TITLE],
                "company": text[:TITLE],
                "industry": text[:60],
                "start": "2016",
                "end": "2021",
            },
            {"title": "Registered Nurse", "company": text[:TITLE], "start": "2016", "end": "2021"},
        ],
        "skills": [text[:60]],
        "topics": [text[:TOPIC]],
        "schools": [{"school": text[:TITLE], "degree": text[:60], "year": 2015}],
        "communities": [text[:100]],
        "links": [{"url": "https://example.org/" + "a" * 400, "label": text[:60], "public": True}],
        "open_to_chats": "yes",
    }


PEOPLE = [
    *(person(f"script-{number}", script, script) for number, script in enumerate(SCRIPTS)),
    person("long", "w" * NAME, "w" * BIO),
    person("wide", "\U0001f469\u200d\U0001f680" * (NAME // 3), "\u6f22" * BIO),
    person("zalgo", ZALGO, ZALGO * 3),
    person("turned", "\u202eesruN elihW", "Was \u202e1202 ni esrun a\u202c and \u2066more"),
    person("arabic", ARABIC, "شركة النور"),
    person("hebrew", HEBREW, "בית החולים"),
    person("word", "Mary Ward", f"A {'w' * 190}"),
]
