"""What is suggested from, and what is typed, to measure suggestions."""

import random
from dataclasses import replace

import numpy as np

from indexer.titles import JobTitle, TitleCatalogue
from scripts.benchmarks.population import make_titles
from scripts.relevance.misspelling import misspelt

# Of those who type, one in ten slips.
_SLIPS = 0.1


def enlarged(catalogue: TitleCatalogue, count: int) -> TitleCatalogue:
    """Return `catalogue` with made-up titles added, at most 20,000, or the last ones left out, to have `count`.

    The added ones share the vectors of the first: suggestions look at none.
    """
    missing = max(0, count - len(catalogue.titles))
    more = (JobTitle(title, catalogue.titles[0].codes) for title in make_titles(missing))
    return replace(
        catalogue,
        version=f"{catalogue.version}-{count}",
        titles=(*catalogue.titles, *more)[:count],
        vectors=np.resize(catalogue.vectors, (count, catalogue.vectors.shape[1])),
    )


def make_keystrokes(count: int, seed: int = 2026) -> list[str]:
    """Return what stands in the box after each of `count` keystrokes of people who type titles, some misspelt."""
    rng = random.Random(seed)  # noqa: S311  (made-up slips, no secrets)
    typed: list[str] = []
    # No title is shorter than one letter, so there are enough.
    for title in make_titles(count, seed):
        written = misspelt(title, rng) if rng.random() < _SLIPS else title.lower()
        typed += [written[:end] for end in range(1, len(written) + 1)]
        if len(typed) >= count:
            break
    return typed[:count]
