"""Measure speed and memory: a first start, imports, searches and suggestions, the encoder, the pages.

Examples:
  scripts/benchmark.py fresh-clone
  scripts/benchmark.py import --people 10000
  scripts/benchmark.py search --people 300 10000 100000
  scripts/benchmark.py reading
  scripts/benchmark.py search --people 10000 --engine http://elastic:password@127.0.0.1:9200
  scripts/benchmark.py suggest --titles 60000 --people 10000
  scripts/benchmark.py encoder --against var/mentor-titles-MiniLM-L6-v2
  scripts/benchmark.py pages

All of it works on indexes and folders of its own, and leaves nothing behind. Needs the extra:
pip install -c constraints.txt -e '.[test]'
(and "train" for what --against compares with, and Chromium for the pages).
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
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser
from tqdm import tqdm

from indexer.document import make_documents
from indexer.encoder import DEFAULT_ENCODER, Encoder, open_encoder
from indexer.encoder.onnx import cores
from indexer.engines import Engine, open_engine
from indexer.errors import MentorSearchError
from indexer.indexing import BATCH, ImportReport, import_profiles
from indexer.profile import Profile
from indexer.rebuilding import rebuild_index
from indexer.titles import TitleCatalogue
from indexer.titles.ensure import ensure_titles
from indexer.titles.reader import TitleReader
from indexer.titles.shipped import shipped_catalogue
from scripts.benchmarks.encoding import measure
from scripts.benchmarks.keystrokes import enlarged, make_keystrokes
from scripts.benchmarks.measures import percentiles, size_mb, timed
from scripts.benchmarks.pages import Load, load, render
from scripts.benchmarks.population import Renamed, SentenceEncoder, make_people, make_queries, make_titles
from scripts.elasticsearch_node import free_port
from scripts.screenshots import QUERY, ChromiumMissing, chromium
from scripts.temporary.index import empty_index
from scripts.temporary.service import Service, running
from service.api.schemas import SUGGESTIONS
from service.garbage import collect_rarely
from service.search import QueryVectors, Searcher, SearchRequest
from service.titles import Suggester

ROOT = Path(__file__).resolve().parent.parent
# Distinct queries a timing takes: enough for a 95th percentile that rests on 20 of them.
QUERIES = 400
# Likewise for a 99th percentile.
RARE_QUERIES = 2000
# Titles a timing of the encoder takes: 3 s of work at the rate that is wanted.
TITLES = 4000
# The titles that suggestions are promised for, and enough keystrokes for a 95th percentile that rests on 100.
SUGGESTED_TITLES, KEYSTROKES = 60_000, 2000
# Times a page is loaded, each with empty caches: the slowest of them tells what a cold start is.
LOADS = 10
_WARM_UP = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark and return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (MentorSearchError, ChromiumMissing) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    benchmarks = parser.add_subparsers(required=True, metavar="BENCHMARK")
    fresh = benchmarks.add_parser("fresh-clone", help="`make run` in a new clone, to its first answer and again")
    fresh.set_defaults(run=_fresh_clone)
    importing = benchmarks.add_parser("import", help="people a second, imported and rebuilt, the encoder included")
    importing.set_defaults(run=_import)
    searching = benchmarks.add_parser("search", help="latency in process and over HTTP, and memory")
    searching.set_defaults(run=_search)
    suggesting = benchmarks.add_parser("suggest", help="latency of suggestions, keystroke by keystroke")
    suggesting.set_defaults(run=_suggest)
    suggesting.add_argument("--keystrokes", type=int, default=KEYSTROKES, help="(default: %(default)s)")
    encoding = benchmarks.add_parser("encoder", help="the shipped encoder, beside sentence-transformers itself")
    encoding.set_defaults(run=_encoder)
    encoding.add_argument("--against", metavar="FOLDER", help="the same model before its export")
    reading = benchmarks.add_parser(
        "reading", help="latency of reading a text as occupations, with all job titles"
    )
    reading.set_defaults(run=_reading)
    reading.add_argument("--engine", metavar="URL", help="Elasticsearch, without a path (default: SQLite)")
    pages = benchmarks.add_parser("pages", help="weight, first paint and rendering of the page of results")
    pages.set_defaults(run=_pages)
    for one, titles in ((suggesting, SUGGESTED_TITLES), (encoding, TITLES)):
        one.add_argument("--titles", type=int, default=titles, help="distinct titles (default: %(default)s)")
    for one, queries in ((searching, QUERIES), (reading, QUERIES), (encoding, RARE_QUERIES), (pages, QUERIES)):
        one.add_argument("--queries", type=int, default=queries, help="distinct queries (default: %(default)s)")
    sizes = ((importing, [2000]), (searching, [300, 10_000, 100_000]), (suggesting, [10_000]), (pages, [10_000]))
    for one, people in sizes:
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
    print("| people | new, people/s | unchanged, people/s | rebuilt, people/s |\n|---|---|---|---|")
    for count in options.people:
        with empty_index(options.engine) as url, closing(open_engine(url)) as engine:
            people = list(make_people(count))
            new = _imported(engine, people)
            unchanged = _imported(engine, people)
            (rebuilt,) = timed([partial(_rebuild, engine, count)])
            print(
                f"| {count:,} | {count / new:,.0f} | {count / unchanged:,.0f} | {count / rebuilt * 1000:,.0f} |",
                flush=True,
            )


def _imported(engine: Engine, people: list[Profile]) -> float:
    """Import `people` into an index with job titles and return how many seconds it took."""
    encoder = open_encoder(str(DEFAULT_ENCODER))
    engine.create(encoder.fingerprint, encoder.short_dimensions)
    ensure_titles(engine, encoder)
    read = TitleReader(engine.titles, lambda: encoder).occupation_codes
    progress = tqdm(people, unit=" people", leave=False, disable=None)
    (took,) = timed([lambda: import_profiles(progress, engine, lambda: encoder, read, ImportReport())])
    return took / 1000


def _rebuild(engine: Engine, count: int) -> None:
    with tqdm(total=count, unit=" people", leave=False, disable=None) as bar:
        rebuild_index(
            engine,
            Renamed(open_encoder(str(DEFAULT_ENCODER))),
            lambda embedded, _: bar.update(embedded - bar.n),
        )


def _search(options: argparse.Namespace) -> None:
    encoder = open_encoder(str(DEFAULT_ENCODER))
    queries = make_queries(options.queries + _WARM_UP)
    print("| people | in process p50 / p95 | over HTTP p50 / p95 | resident | written, people/s |")
    print("|---|---|---|---|---|")
    for count in options.people:
        with empty_index(options.engine) as url:
            rate = _filled(url, count, encoder)
            inside = percentiles(_in_process(url, encoder, queries))
            over_http, resident = _over_http(url, Service.search, queries)
            outside = percentiles(over_http)
            print(
                f"| {count:,} | {inside[0]:.1f} / {inside[1]:.1f} ms | {outside[0]:.1f} / {outside[1]:.1f} ms "
                f"| {resident:,.0f} MB | {rate:,.0f} |",
                flush=True,
            )


def _suggest(options: argparse.Namespace) -> None:
    encoder = open_encoder(str(DEFAULT_ENCODER))
    titles = enlarged(shipped_catalogue(encoder), options.titles)
    typed = make_keystrokes(options.keystrokes + _WARM_UP)
    print("| people | titles | in process p50 / p95 | over HTTP p50 / p95 |\n|---|---|---|---|")
    for count in options.people:
        with empty_index(options.engine) as url:
            _filled(url, count, encoder)
            inside = percentiles(_suggestions(url, titles, encoder, typed))
            outside = percentiles(_over_http(url, Service.suggest, typed)[0])
            print(
                f"| {count:,} | {len(titles.titles):,} | {inside[0]:.1f} / {inside[1]:.1f} ms "
                f"| {outside[0]:.1f} / {outside[1]:.1f} ms |",
                flush=True,
            )


def _suggestions(url: str, titles: TitleCatalogue, encoder: Encoder, typed: Sequence[str]) -> list[float]:
    with closing(open_engine(url)) as engine:
        engine.titles.replace(titles)
        suggester = Suggester(engine, TitleReader(engine.titles, lambda: encoder))
        return _without_warm_up([partial(suggester.suggest, text, SUGGESTIONS, date.today()) for text in typed])


def _encoder(options: argparse.Namespace) -> None:
    encoders = {DEFAULT_ENCODER.name: open_encoder(str(DEFAULT_ENCODER))}
    if not options.against:
        print("Without --against, SentenceTransformer.encode is not measured beside it.\n")
    elif not find_spec("sentence_transformers"):
        print("SentenceTransformer.encode is not measured beside it: that needs the extra `train`.\n")
    else:
        encoders["SentenceTransformer.encode"] = open_encoder(f"sentence-transformers:{options.against}")
    titles = make_titles(options.queries + options.titles)
    queries, many = titles[: options.queries], titles[options.queries :]
    print(f"| encoder | a query on one thread, p50 / p99 | titles/s on {cores()} cores |\n|---|---|---|")
    for name, speed in measure(encoders, queries, many, cores()).items():
        p50, p99 = percentiles(speed.queries, 99)
        print(f"| {name} | {p50:.2f} / {p99:.2f} ms | {len(many) / speed.seconds:,.0f} |")


def _reading(options: argparse.Namespace) -> None:
    encoder = open_encoder(str(DEFAULT_ENCODER))
    queries = make_queries(options.queries + _WARM_UP)
    with empty_index(options.engine) as url, closing(open_engine(url)) as engine:
        engine.create(encoder.fingerprint, encoder.short_dimensions)
        engine.titles.replace(shipped_catalogue(encoder, partial(tqdm, leave=False, disable=None)))
        reader = TitleReader(engine.titles, lambda: encoder)
        (first,) = timed([partial(reader.read, queries[:1])])
        read = percentiles(_without_warm_up([partial(reader.read, [query]) for query in queries]))
        encoded = percentiles(_without_warm_up([partial(encoder.encode, [query]) for query in queries]))
        print("| first read | read p50 / p95 | of it encoding p50 / p95 |\n|---|---|---|")
        print(f"| {first:.0f} ms | {read[0]:.1f} / {read[1]:.1f} ms | {encoded[0]:.1f} / {encoded[1]:.1f} ms |")


def _pages(options: argparse.Namespace) -> None:
    encoder = open_encoder(str(DEFAULT_ENCODER))
    queries = make_queries(options.queries + _WARM_UP)
    print("| people | sent | requests, to other hosts | first contentful paint, median / worst | HTML p50 / p95 |")
    print("|---|---|---|---|---|")
    with chromium() as browser:
        for count in options.people:
            with empty_index(options.engine) as url:
                _filled(url, count, encoder)
                p50, p95 = percentiles(render(url, queries)[_WARM_UP:])
                loads = _loads(browser, url)
            median, worst = percentiles([one.first_paint for one in loads], 100)
            last = loads[-1]
            print(
                f"| {count:,} | {last.sent / 1000:.1f} kB | {last.requests}, {last.foreign} "
                f"| {median:.0f} / {worst:.0f} ms | {p50:.1f} / {p95:.1f} ms |",
                flush=True,
            )


def _loads(browser: Browser, url: str) -> list[Load]:
    port = free_port()
    with running([sys.executable, "-m", "service.serve"], port, ROOT, MENTOR_SEARCH_ENGINE_URL=url):
        address = f"http://127.0.0.1:{port}/?{urlencode({'q': QUERY})}"
        return [load(browser, address) for _ in range(LOADS)]


def _filled(url: str, count: int, encoder: Encoder) -> float:
    """Write `count` people and return how many a second the engine wrote, without the time to embed them."""
    quick = SentenceEncoder(encoder)
    now, seconds = datetime.now(UTC), 0.0
    with closing(open_engine(url)) as engine, tqdm(total=count, unit=" people", leave=False, disable=None) as bar:
        engine.create(encoder.fingerprint, encoder.short_dimensions)
        ensure_titles(engine, encoder)
        read = TitleReader(engine.titles, lambda: encoder).occupation_codes
        people = make_people(count)
        while batch := list(islice(people, BATCH)):
            documents = make_documents(batch, quick, now, read)
            started = time.perf_counter()
            engine.upsert(documents)
            seconds += time.perf_counter() - started
            bar.update(len(batch))
    return count / seconds


def _in_process(url: str, encoder: Encoder, queries: Sequence[str]) -> list[float]:
    collect_rarely()  # as the service does
    with closing(open_engine(url)) as engine:
        vectors = QueryVectors(lambda: encoder)
        searcher = Searcher(engine, TitleReader(engine.titles, lambda: vectors), vectors)
        return _without_warm_up([partial(searcher.search, SearchRequest(q), date.today()) for q in queries])


def _over_http(url: str, ask: Callable[[Service, str], int], texts: Sequence[str]) -> tuple[list[float], float]:
    """Return how long the service took to answer each of `texts`, in ms, and its resident memory in MB then."""
    command = [sys.executable, "-m", "service.serve"]
    with running(command, free_port(), ROOT, MENTOR_SEARCH_ENGINE_URL=url) as (service, _):
        return _without_warm_up([partial(ask, service, text) for text in texts]), service.resident_mb()


def _without_warm_up(calls: Sequence[Callable[[], object]]) -> list[float]:
    return timed(calls)[_WARM_UP:]


if __name__ == "__main__":
    sys.exit(main())
