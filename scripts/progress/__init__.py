"""Progress that scripts show of work that is done in the packages."""

import sys
from collections.abc import Iterator, Sequence

from tqdm import tqdm

from indexer.titles.build import Track


def embedding_progress(quiet: bool) -> Track:
    """Return what shows a bar of the texts that are embedded; none where `quiet`, or where nobody looks."""

    def track(batches: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
        total = sum(len(batch) for batch in batches)
        with tqdm(total=total, unit=" texts", disable=True if quiet else None, file=sys.stderr) as bar:
            for batch in batches:
                yield batch
                bar.update(len(batch))

    return track
