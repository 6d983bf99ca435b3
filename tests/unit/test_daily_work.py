"""What people do all day is told of every occupation that is shipped, in phrases that make a sentence."""

import gzip
import json
import re

from indexer.taxonomy import daily_work
from indexer.titles.shipped import SHIPPED


def shipped_codes() -> list[str]:
    content = json.loads(gzip.decompress((SHIPPED / "catalogue.json.gz").read_bytes()))
    return [occupation["code"] for occupation in content["occupations"]]


def test_every_shipped_occupation_has_three_phrases_that_follow_they() -> None:
    for code in shipped_codes():
        phrases = daily_work(code)
        assert len(set(phrases)) == 3, code
        assert all(re.fullmatch(r"[a-z][a-z ,'-]+[a-z]", phrase) for phrase in phrases), code


def test_a_set_designer_sketches() -> None:
    assert "sketch and try out ideas" in daily_work("27-1027.00")


def test_of_other_codes_nothing_is_known() -> None:
    assert daily_work("own:mentor") == ()
    assert daily_work("99-9999.00") == ()
    assert daily_work("") == ()
