"""Measure speed and memory: a first start, imports, and searches at any size on any engine.

Examples:
  scripts/benchmark.py fresh-clone
  scripts/benchmark.py import --people 10000
  scripts/benchmark.py search --people 300 10000 100000
  scripts/benchmark.py reading
  scripts/benchmark.py search --people 10000 --engine http://elastic:password@127.0.0.1:9200

All of it works on indexes and folders of its own, and leaves nothing behind. Needs the extra:
pip install -c constraints.txt -e '.[test]'
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from tqdm import tqdm

from indexer.document import make_documents, unread
from indexer.encoder import DEFAULT_ENCODER, Encoder, open_encoder
from indexer.engines import Engine, open_engine
from indexer.errors import MentorSearchError
from indexer.indexing import BATCH, ImportReport, import_profiles
from indexer.profile import Profile
from indexer.titles.reader import TitleReader
from indexer.titles.shipped import shipped_catalogue
from scripts.benchmarks.measures import percentiles, size_mb, timed
from scripts.benchmarks.population import SentenceEncoder, make_people, make_queries
from scripts.elasticsearch_node import free_port
from scripts.temporary.index import empty_index
from scripts.temporary.service import running
from service.search import Searcher, SearchRequest

ROOT = Path(__file__).resolve().parent.parent
# Distinct queries a timing takes: enough for a 95th percentile that rests on 20 of them.
QUERIES = 400
_WARM_UP = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark and return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except MentorSearchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    benchmarks = parser.add_subparsers(required=True, metavar="BENCHMARK")
    fresh = benchmarks.add_parser("fresh-clone", help="`make run` in a new clone, to its first answer and again")
    fresh.set_defaults(run=_fresh_clone)
    importing = benchmarks.add_parser("import", help="people a second, read to written, with the shipped encoder")
    importing.set_defaults(run=_import)
    searching = benchmarks.add_parser("search", help="latency in process and over HTTP, and memory")
    searching.set_defaults(run=_search)
    searching.add_argument("--queries", type=int, default=QUERIES, help="distinct queries (default: %(default)s)")
    reading = benchmarks.add_parser(
        "reading", help="latency of reading a text as occupations, with all job titles"
    )
    reading.set_defaults(run=_reading)
    reading.add_argument("--queries", type=int, default=QUERIES, help="distinct queries (default: %(default)s)")
    reading.add_argument("--engine", metavar="URL", help="Elasticsearch, without a path (default: SQLite)")
    for one, people in ((importing, [2000]), (searching, [300, 10_000, 100_000])):
        one.add_argument("--people", type=int, nargs="+", default=people, help="sizes (default: %(default)s)")
        one.add_argument("--engine", metavar="URL", help="Elasticsearch, without a path (default: SQLite)")
    return parser


def _fresh_clone(_: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as name:
        clone = Path(name) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        seconds = [_first_answer(clone) for _ in range(3)]
        print("| `make run` in a fresh clone | first answered search |\n|---|---|")
        print(f"| first start | {seconds[0]:.1f} s |")
        print(f"| later starts | {seconds[1]:.1f} s, {seconds[2]:.1f} s |")
        print(f"| installed environment | {size_mb(clone / '.venv'):.0f} MB |")


def _first_answer(clone: Path) -> float:
    with running(["make", "run"], free_port(), clone) as (_, seconds):
        return seconds


def _import(options: argparse.Namespace) -> None:
    print("| people | new, people/s | unchanged, people/s |\n|---|---|---|")
    for count in options.people:
        with empty_index(options.engine) as url, closing(open_engine(url)) as engine:
            people = list(make_people(count))
            new = _imported(engine, people)
            unchanged = _imported(engine, people)
            print(f"| {count:,} | {count / new:,.0f} | {count / unchanged:,.0f} |", flush=True)


def _imported(engine: Engine, people: list[Profile]) -> float:
    """Import `people` and return how many seconds it took, the encoder's loading included."""
    progress = tqdm(people, unit=" people", leave=False, disable=None)
    (took,) = timed(
        [lambda: import_profiles(progress, engine, lambda: open_encoder(str(DEFAULT_ENCODER)), ImportReport())]
    )
    return took / 1000


def _search(options: argparse.Namespace) -> None:
    encoder = open_encoder(str(DEFAULT_ENCODER))
    queries = make_queries(options.queries + _WARM_UP)
    print("| people | in process p50 / p95 | over HTTP p50 / p95 | resident | written, people/s |")
    print("|---|---|---|---|---|")
    for count in options.people:
        with empty_index(options.engine) as url:
            rate = _filled(url, count, encoder)
            inside = percentiles(_in_process(url, encoder, queries))
            over_http, resident = _over_http(url, queries)
            outside = percentiles(over_http)
            print(
                f"| {count:,} | {inside[0]:.1f} / {inside[1]:.1f} ms | {outside[0]:.1f} / {outside[1]:.1f} ms "
                f"| {resident:,.0f} MB | {rate:,.0f} |",
                flush=True,
            )


def _reading(options: argparse.Namespace) -> None:
    encoder = open_encoder(str(DEFAULT_ENCODER))
    queries = make_queries(options.queries + _WARM_UP)
    with empty_index(options.engine) as url, closing(open_engine(url)) as engine:
        engine.create(encoder.fingerprint, encoder.dimensions)
        engine.titles.replace(shipped_catalogue(encoder, partial(tqdm, leave=False, disable=None)))
        reader = TitleReader(engine.titles, lambda: encoder)
        (first,) = timed([partial(reader.read, queries[:1])])
        read = percentiles(_without_warm_up([partial(reader.read, [query]) for query in queries]))
        encoded = percentiles(_without_warm_up([partial(encoder.encode, [query]) for query in queries]))
        print("| first read | read p50 / p95 | of it encoding p50 / p95 |\n|---|---|---|")
        print(f"| {first:.0f} ms | {read[0]:.1f} / {read[1]:.1f} ms | {encoded[0]:.1f} / {encoded[1]:.1f} ms |")


def _filled(url: str, count: int, encoder: Encoder) -> float:
    """Write `count` people and return how many a second the engine wrote, without the time to embed them."""
    quick = SentenceEncoder(encoder)
    now, seconds = datetime.now(UTC), 0.0
    with closing(open_engine(url)) as engine, tqdm(total=count, unit=" people", leave=False, disable=None) as bar:
        engine.create(encoder.fingerprint, encoder.dimensions)
        people = make_people(count)
        while batch := list(islice(people, BATCH)):
            documents = make_documents(batch, quick, now, unread)
            started = time.perf_counter()
            engine.upsert(documents)
            seconds += time.perf_counter() - started
            bar.update(len(batch))
    return count / seconds


def _in_process(url: str, encoder: Encoder, queries: Sequence[str]) -> list[float]:
    with closing(open_engine(url)) as engine:
        searcher = Searcher(engine, lambda: encoder)
        return _without_warm_up([partial(searcher.search, SearchRequest(q), date.today()) for q in queries])


def _over_http(url: str, queries: Sequence[str]) -> tuple[list[float], float]:
    """Return the latencies in ms, and the resident memory of the service in MB after them."""
    command = [sys.executable, "-m", "service.serve"]
    with running(command, free_port(), ROOT, MENTOR_SEARCH_ENGINE_URL=url) as (service, _):
        return _without_warm_up([partial(service.search, query) for query in queries]), service.resident_mb()


def _without_warm_up(calls: Sequence[Callable[[], object]]) -> list[float]:
    return timed(calls)[_WARM_UP:]


if __name__ == "__main__":
    sys.exit(main())
