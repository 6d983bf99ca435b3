"""How fast encoders are, side by side: one query after another on one thread, and many titles on all cores."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from tqdm import tqdm

from indexer.encoder import Encoder
from scripts.benchmarks.measures import timed

# The encoders take turns this often, so that a slow moment of the machine meets all of them alike.
_ROUNDS = 20
# Before a round's queries are timed: what the other encoder did has taken this one's weights out of the caches.
_WARM_UP = 5


@dataclass(slots=True)
class Speed:
    """What was measured of one encoder: each query's time in ms, and the seconds that all titles took."""

    queries: list[float] = field(default_factory=list)
    seconds: float = 0.0


def measure(
    encoders: Mapping[str, Encoder], queries: Sequence[str], titles: Sequence[str], threads: int
) -> dict[str, Speed]:
    """Return the speed of each of `encoders`; torch, where one uses it, gets `threads` for the titles."""
    speeds = {name: Speed() for name in encoders}
    for turn in tqdm(range(_ROUNDS), unit=" rounds", leave=False, disable=None):
        asked, embedded = queries[turn::_ROUNDS], titles[turn::_ROUNDS]
        for name, encoder in encoders.items():
            _give_torch(1)
            calls = [partial(encoder.encode, [query]) for query in (*asked[:_WARM_UP], *asked)]
            speeds[name].queries += timed(calls)[len(asked[:_WARM_UP]) :]
            _give_torch(threads)
            (took,) = timed([partial(encoder.encode, embedded)])
            speeds[name].seconds += took / 1000
    return speeds


def _give_torch(threads: int) -> None:
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(threads)
