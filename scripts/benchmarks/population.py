"""Any number of made-up people, put together from the sample's own careers and sentences."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.profile import Profile
from indexer.profile.schema import read_profile
from scripts.make_sample_profiles import OUTPUT

# With the sample's 1,100 titles they give the 20,000 distinct titles that a board of 100,000 people may have.
LEVELS = """Junior|Senior|Lead|Principal|Chief|Assistant|Associate|Deputy|Trainee|Freelance|Regional|Night|Head|
Volunteer|Visiting|Interim|Part-time|International""".replace("\n", "").split("|")
WISHES = (
    "{}",
    "I want to become a {}",
    "{} in a small company",
    "how do I get a job as {}",
    "talk to a {} who changed careers",
)


def read_sample() -> list[dict[str, Any]]:
    """Return the sample people as JSON values."""
    return [json.loads(line) for line in OUTPUT.read_text(encoding="utf-8").splitlines()]


def make_people(count: int, seed: int = 2026) -> Iterator[Profile]:
    """Yield `count` people who said yes: the careers of the sample with levels, bios of mixed sentences."""
    rng = random.Random(seed)  # noqa: S311  (made-up people, no secrets)
    sample = read_sample()
    sentences = [s for person in sample for s in re.split(r"(?<=[.!?])\s+", person["bio"])]
    for number in range(count):
        like = rng.choice(sample)
        positions = [p | {"title": _levelled(rng, p["title"])} for p in like["positions"]]
        kept = ("name", "headline", "location", "country", "skills", "languages")
        record: dict[str, Any] = {name: like[name] for name in kept if name in like}
        record |= {
            "id": f"p{number}",
            "positions": positions,
            "bio": " ".join(rng.sample(sentences, 4)),
            "chat_minutes": [15, 30] if rng.random() < 0.5 else [15],
            "open_to_chats": "yes",
        }
        profile = read_profile(record)
        assert isinstance(profile, Profile), profile  # noqa: S101  (the sample is valid)
        yield profile


def _levelled(rng: random.Random, title: str) -> str:
    return f"{rng.choice(LEVELS)} {title}"[:120] if rng.random() < 0.7 else title


def make_queries(count: int, seed: int = 2026) -> list[str]:
    """Return `count` distinct dream jobs: the sample's titles, wished for in several ways."""
    titles = {position["title"] for person in read_sample() for position in person["positions"]}
    wishes = sorted({wish.format(title) for wish in WISHES for title in titles})
    return random.Random(seed).sample(wishes, count)  # noqa: S311


def make_titles(count: int, seed: int = 2026) -> list[str]:
    """Return `count` distinct job titles, at most 20,000: the sample's, most with a level before them."""
    titles = {position["title"] for person in read_sample() for position in person["positions"]}
    levelled = sorted(titles | {f"{level} {title}" for level in LEVELS for title in titles})
    return random.Random(seed).sample(levelled, count)  # noqa: S311


class Renamed:
    """An encoder under another fingerprint: an index must be rebuilt for it, at the cost of any other encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.fingerprint, self.dimensions = f"renamed:{encoder.fingerprint}", encoder.dimensions
        self.short_dimensions = encoder.short_dimensions
        self.encode = encoder.encode


class SentenceEncoder:
    """The mean of the vectors of a text's sentences, each distinct one embedded once.

    100,000 mixed bios would take a quarter of an hour to embed as they are. What a search costs does not depend
    on which vectors are in the index, so these near ones will do; nothing else may use them.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.dimensions, self.short_dimensions = encoder.dimensions, encoder.short_dimensions
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape (len(texts), dimensions). Raises EncoderError."""
        parts = [re.split(r"(?<=[.!?])\s+", text) for text in texts]
        unknown = sorted({part for some in parts for part in some} - self._known.keys())
        self._known |= zip(unknown, self._encoder.encode(unknown), strict=True)
        means = np.array([np.mean([self._known[part] for part in some], axis=0) for some in parts], np.float32)
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        return means
