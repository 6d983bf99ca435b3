"""A profile made ready for an engine: its tokens for the lexical index and its vectors for kNN."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from indexer import text
from indexer.encoder import Encoder
from indexer.encoder.short import shortened
from indexer.facts import Facts, facts_of
from indexer.profile import Profile, content_hash


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """What an engine stores of one person.

    `title_vectors` has one row a position, shape (positions, dimensions); `profile_vector` has shape
    (dimensions,), cut as short as the encoder allows; all rows are float32 and of unit length. `occupations` has
    one code a position, "" where its title names none for sure. `version` is in ms since 1970: an older one never
    replaces a newer one.
    """

    profile: Profile
    content_hash: str
    version: int
    fingerprint: str
    title_tokens: str
    about_tokens: str
    title_vectors: NDArray[np.float32]
    profile_vector: NDArray[np.float32]
    occupations: tuple[str, ...]
    facts: Facts


def make_documents(
    profiles: Sequence[Profile],
    encoder: Encoder,
    now: datetime,
    occupation_codes: Callable[[Sequence[str]], list[str]],
) -> list[Document]:
    """Return the documents of `profiles`, all texts embedded in one call; `now` dates those without a date.

    `occupation_codes` returns the code of the occupation that each of some distinct titles names, "" for none.
    """
    texts = [text for profile in profiles for text in (*title_texts(profile), profile_text(profile))]
    vectors = shortened(encoder.encode(texts), encoder)
    titles = list(dict.fromkeys(title for profile in profiles for title in title_texts(profile)))
    codes = dict(zip(titles, occupation_codes(titles), strict=True))
    documents, start = [], 0
    for profile in profiles:
        end = start + len(profile.positions)
        documents.append(
            Document(
                profile=profile,
                content_hash=content_hash(profile),
                version=version(profile.updated_at or now),
                fingerprint=encoder.fingerprint,
                title_tokens=" ".join(text.tokens(" \n ".join(title_texts(profile)))),
                about_tokens=" ".join(text.tokens(about_text(profile))),
                title_vectors=vectors[start:end],
                profile_vector=vectors[end],
                occupations=tuple(codes[title] for title in title_texts(profile)),
                facts=facts_of(profile),
            )
        )
        start = end + 1
    return documents


def unread(titles: Sequence[str]) -> list[str]:
    """Return no occupation for each of `titles`, as make_documents takes them where nobody reads titles."""
    return [""] * len(titles)


def version(moment: datetime) -> int:
    """Return `moment` as an engine's version number: ms since 1970."""
    return int(moment.astimezone(UTC).timestamp() * 1000)


def title_texts(profile: Profile) -> list[str]:
    """Return the text that stands for each position in kNN: its title alone, so equal jobs have equal vectors."""
    return [position.title for position in profile.positions]


def profile_text(profile: Profile) -> str:
    """Return the text that stands for the whole person in kNN: headline, titles, skills, topics, bio.

    The short fields come first: the encoder cuts off what is too long.
    """
    titles = profile.headline, "; ".join(title_texts(profile))
    parts = *titles, ", ".join(profile.skills), ", ".join(profile.topics), profile.bio
    return ". ".join(part for part in parts if part)


def about_text(profile: Profile) -> str:
    """Return the public text that the lexical index holds beside the titles. Never the contact."""
    positions = [f"{position.company} {position.industry}" for position in profile.positions]
    schools = [f"{school.school} {school.degree}" for school in profile.schools]
    lists = *profile.skills, *profile.topics, *positions, *schools, *profile.communities
    return "\n".join((profile.headline, profile.bio, profile.location, *lists))
