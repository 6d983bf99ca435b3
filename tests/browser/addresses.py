"""The pages to look at: one address for each thing that a page can have to say."""

import json
from typing import Any
from urllib.parse import quote_plus

from scripts.make_sample_profiles import OUTPUT

PEOPLE: list[dict[str, Any]] = [json.loads(line) for line in OUTPUT.read_text(encoding="utf-8").splitlines()]
_WILLING = [person for person in PEOPLE if person["open_to_chats"] == "yes" and "paused_until" not in person]
# Somebody whose profile shows every section, and somebody who has no time left this month.
PERSON = next(
    person
    for person in _WILLING
    if {"schools", "communities", "skills", "topics", "links"} <= set(person)
    and any(link.get("public") for link in person["links"])
    and "monthly_capacity" not in person
)
BOOKED = next(
    person for person in _WILLING if person.get("monthly_capacity", 99) <= person.get("chats_this_month", 0)
)

DOCS = "/api/docs/"
RESULTS = "/?q=set+designer+for+films"
DESIGNERS = "/?q=designer"
# O*NET's codes of an occupation that people of the sample have had, and of one that nobody has.
NURSES, PROSTHODONTISTS = "29-1141.00", "29-1024.00"
NARROWED = f"/?q=nurse&occupation={NURSES}"
BROWSE = "/browse"
FIELD = "/browse/29"
NOBODY_MATCHES = "/?q=xqzvw+blorptang"
# For a job that is far from the person's, so that the page has to say so.
PREPARED = f"/profiles/{PERSON['id']}/prep?job=astronaut"
NO_SUCH_PAGE = "/profiles/nobody"
# Our own pages; the documentation of the API is drawn by Swagger UI.
PAGES = {
    "the start": "/",
    "results": RESULTS,
    "more results": f"{RESULTS}&page=2",
    "narrowed results": "/?q=designer&chat_minutes=15&language=en&country=GB",
    "several of each filter": "/?q=designer&country=GB&country=US&language=en&booked=true&sort=room",
    "a reading alone": NARROWED,
    "a reading dropped": f"/?q=nurse&not_occupation={NURSES}",
    "a spelling corrected": "/?q=regstered+nurse",
    "what is denied": "/?q=nurse+but+not+a+midwife",
    "an occupation alone": f"/?occupation={NURSES}",
    "an unknown occupation": "/?q=nurse&occupation=99",
    "nobody matches": NOBODY_MATCHES,
    "nobody meets the filters": "/?q=nurse&country=AQ",
    "beyond the last page": "/?q=nurse&page=999",
    "a long word": f"/?q={'w' * 300}",
    "an empty query": "/?q=",
    "about you": "/you",
    "all fields": BROWSE,
    "a field": FIELD,
    "an occupation": f"/browse/occupations/{NURSES}",
    "an occupation with nobody": f"/browse/occupations/{PROSTHODONTISTS}",
    "a person": f"/profiles/{PERSON['id']}",
    "a person who does the job": f"/profiles/{PERSON['id']}?job={quote_plus(PERSON['positions'][0]['title'])}",
    "a person without time": f"/profiles/{BOOKED['id']}",
    "the login of operators": "/operator/login",
    "a chat prepared": PREPARED,
    "a chat with a person without time": f"/profiles/{BOOKED['id']}/prep",
    "a chat for too long a job": f"/profiles/{PERSON['id']}/prep?job={'w' * 301}",
    "an error": NO_SUCH_PAGE,
}
