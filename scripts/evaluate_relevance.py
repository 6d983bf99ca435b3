"""Measure relevance: of an encoder, and of the ranking on a real engine.

Examples:
  scripts/evaluate_relevance.py melo MELO_FOLDER
  scripts/evaluate_relevance.py people ONET_FOLDER --engine http://elastic:password@127.0.0.1:9200
  scripts/evaluate_relevance.py free-text ONET_FOLDER --split test --json figures.json
  scripts/evaluate_relevance.py free-text ONET_FOLDER --encoder NEW --against OLD
  scripts/evaluate_relevance.py long-bios ONET_FOLDER --split test
  scripts/evaluate_relevance.py tune ONET_FOLDER
  scripts/evaluate_relevance.py ablation ONET_FOLDER
  scripts/evaluate_relevance.py fairness ONET_FOLDER
  scripts/evaluate_relevance.py fit-reading ONET_FOLDER
  scripts/evaluate_relevance.py reading ONET_FOLDER --split test

Figures are means with 95 % intervals (bootstrap over the queries); a comparison is paired, query by query.
Tune on the split "development"; "test" is for the figures that are reported.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from indexer.encoder import DEFAULT_ENCODER, Encoder, open_encoder
from indexer.engines import open_engine
from indexer.errors import MentorSearchError
from indexer.taxonomy import read_onet
from indexer.titles.build import build_catalogue
from scripts.relevance.dream_job import (
    ABLATIONS,
    SYSTEMS,
    TODAY,
    Found,
    evaluate,
    fill,
    find,
    grades_by_code,
)
from scripts.relevance.fairness import OCCUPATIONS as BOARD_OCCUPATIONS
from scripts.relevance.fairness import ORDERS, PAGE, TITLES, Wish, holders, make_board, simulate
from scripts.relevance.fit_reading import WEIGHTS_MODULE, fit_weights, weights_source
from scripts.relevance.free_text import evaluate_free_text
from scripts.relevance.held_out import held_out
from scripts.relevance.long_bios import READINGS, evaluate_long_bios, make_bios
from scripts.relevance.melo import evaluate_melo, read_melo
from scripts.relevance.people import make_people
from scripts.relevance.queries import Kind, Query, make_queries
from scripts.relevance.reading import Kind as ReadingKind
from scripts.relevance.reading import (
    at_thresholds,
    of_no_job,
    read_trial,
    reliability,
    score,
    small_reading_figures,
    trials,
)
from scripts.relevance.report import ALL, Slices, as_json, as_table, compared, plain_table, slices
from scripts.relevance.scores import QueryScore
from scripts.relevance.small_set import (
    FIGURES,
    OCCUPATIONS,
    READING_FIGURES,
    choose,
    read_small_set,
    small_figures,
)
from scripts.relevance.split import Split, split_of
from scripts.relevance.titles import borne_titles
from scripts.relevance.tune import (
    NONSENSE,
    Setting,
    collect,
    floor_by_certainty,
    floor_table,
    grid,
    quality,
    scores,
    title_values,
    without_relevant,
)
from scripts.relevance.vectors import CachedEncoder
from scripts.temporary.index import empty_index
from service.search.rank import FLOOR, OCCUPATION, PAST, WEIGHTS, rank

# Vectors are kept from run to run, by the encoder's fingerprint; the folder can be deleted at any time.
_CACHE = Path(__file__).resolve().parent.parent / ".cache" / "relevance"
# Settings printed; the JSON has all.
_BEST = 15
_FLOORS = tuple(round(floor, 2) for floor in np.arange(0.2, 0.72, 0.05).tolist())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one test, print its table and return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        result = options.run(options)
        if options.json:
            options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    except MentorSearchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"error: {options.json} cannot be written: {error.strerror}.", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tests = parser.add_subparsers(required=True, metavar="TEST", dest="test")
    melo = tests.add_parser("melo", help="title to title: one task of the MELO benchmark")
    people = tests.add_parser(
        "people", help="dream job to people: O*NET's titles and texts, an engine, the ranking"
    )
    free_text = tests.add_parser("free-text", help="masked descriptions and tasks of O*NET to their occupation")
    long_bios = tests.add_parser("long-bios", help="bios longer than the encoder reads: cut, or read in chunks")
    reading = tests.add_parser(
        "reading", help="titles, misspelt titles and descriptions of O*NET, read as occupations"
    )
    fit_reading = tests.add_parser("fit-reading", help="fit the confidences of readings anew, and write them down")
    tune = tests.add_parser("tune", help="the ranking's weights and floor, searched on the test `people`")
    ablation = tests.add_parser("ablation", help="the test `people` with each signal of the ranking off in turn")
    fairness = tests.add_parser("fairness", help="a simulated month: who is shown, and how many of one company")
    for test, run in (
        (melo, _melo),
        (people, _people),
        (free_text, _free_text),
        (long_bios, _long_bios),
        (tune, _tune),
        (reading, _reading),
        (fit_reading, _fit_reading),
        (ablation, _ablation),
        (fairness, _fairness),
    ):
        test.set_defaults(run=run)
        test.add_argument(
            "folder", type=Path, help="folder of the MELO task" if test is melo else "folder of O*NET"
        )
        test.add_argument("--encoder", default=str(DEFAULT_ENCODER), help="folder, or sentence-transformers:NAME")
        test.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    for test in (melo, people, free_text, reading):
        test.add_argument("--against", metavar="ENCODER", help="a second encoder, compared query by query")
    for test in (people, free_text, long_bios, reading, ablation):
        test.add_argument("--split", type=Split, choices=list(Split), default=Split.DEVELOPMENT)
    for test in (people, tune, ablation, fairness):
        test.add_argument("--engine", metavar="URL", help="Elasticsearch, without a path (default: SQLite)")
    tune.add_argument(
        "--weights",
        type=float,
        nargs=5,
        metavar=("TITLE", "PROFILE", "LEXICAL", "OCCUPATION", "PAST"),
        help="weights to show floors for (default: the best)",
    )
    small_set = tests.add_parser("small-set", help="choose anew the titles that `make test` measures on")
    small_set.set_defaults(run=_small_set, json=None)
    small_set.add_argument("folder", type=Path, help="folder of O*NET")
    small_set.add_argument("into", type=Path, help="folder of the small set: tests/relevance/data")
    figures = tests.add_parser("small-figures", help="write anew the figures that `make test` compares with")
    figures.set_defaults(run=_small_figures, json=None, encoder=str(DEFAULT_ENCODER))
    figures.add_argument("folder", type=Path, help="folder of the small set: tests/relevance/data")
    return parser


def _small_set(options: argparse.Namespace) -> None:
    text = json.dumps(choose(read_onet(options.folder)), indent=1, ensure_ascii=False)
    (options.into / OCCUPATIONS).write_text(text + "\n", encoding="utf-8")


def _small_figures(options: argparse.Namespace) -> None:
    occupations, encoder = read_small_set(options.folder), open_encoder(options.encoder)
    for name, figures in (
        (FIGURES, small_figures(occupations, encoder)),
        (READING_FIGURES, small_reading_figures(occupations, encoder)),
    ):
        (options.folder / name).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        print(f"{plain_table([figures])}\n")


def _melo(options: argparse.Namespace) -> dict[str, Any]:
    melo = read_melo(options.folder)
    return _report({name: evaluate_melo(melo, encoder) for name, encoder in _encoders(options).items()})


def _free_text(options: argparse.Namespace) -> dict[str, Any]:
    occupations = read_onet(options.folder)
    encoders = _encoders(options)
    return _report({name: evaluate_free_text(occupations, options.split, e) for name, e in encoders.items()})


def _reading(options: argparse.Namespace) -> dict[str, Any]:
    occupations = read_onet(options.folder)
    result: dict[str, Any] = {}
    systems: dict[str, list[QueryScore]] = {}
    for name, encoder in _encoders(options).items():
        read = [
            (case, one)
            for trial in trials(occupations, options.split, encoder)
            for case, one in zip(trial.cases, read_trial(trial, encoder), strict=True)
        ]
        systems[name] = [score(case, one) for case, one in read if case.codes]
        held_out = [(case, one) for case, one in read if case.kind is ReadingKind.HELD_OUT]
        tables = {
            "held-out titles, all readings": reliability(held_out),
            "held-out titles, first readings": at_thresholds(held_out),
            "texts that name no job": of_no_job([one for case, one in read if not case.codes]),
        }
        for label, rows in tables.items():
            if rows:
                print(f"{name}: {label}\n\n{plain_table(rows)}\n")
        result |= {f"{name}: {label}": rows for label, rows in tables.items()}
    return result | _report(systems)


def _fit_reading(options: argparse.Namespace) -> dict[str, Any]:
    (encoder,) = _encoders(options).values()
    fitted = fit_weights(list(trials(read_onet(options.folder), Split.DEVELOPMENT, encoder)), encoder)
    WEIGHTS_MODULE.write_text(weights_source(fitted, encoder.fingerprint), encoding="utf-8")
    print(f"Written: {WEIGHTS_MODULE}. Run the test `reading` to see what they are worth.")
    return asdict(fitted)


def _long_bios(options: argparse.Namespace) -> dict[str, Any]:
    occupations = read_onet(options.folder)
    bios = make_bios(occupations)
    texts = [bio.text for bio in bios]
    queries = make_queries(occupations, borne_titles(occupations), options.split, [Kind.TITLE])
    encoder = open_encoder(options.encoder)  # as it is: kept vectors would cost no time
    asked = encoder.encode([query.text for query in queries])
    systems, speeds = {}, []
    for name, read in READINGS.items():
        started = time.perf_counter()
        vectors = read(encoder, texts)
        speeds.append({"reading": name, "bios/s": len(bios) / (time.perf_counter() - started)})
        systems[name] = evaluate_long_bios(bios, vectors, queries, asked)
    cut, *others = systems
    result = _report(systems, [(other, cut) for other in others])
    print(f"{len(bios)} bios\n\n{plain_table(speeds)}")
    return result | {"speeds": speeds}


def _people(options: argparse.Namespace) -> dict[str, Any]:
    names = list(encoders := _encoders(options))
    systems: dict[str, list[QueryScore]] = {}
    for name, encoder in encoders.items():
        found = _found(options, options.split, encoder)
        systems |= {f"{label}, {name}": evaluate(found, system) for label, system in SYSTEMS.items()}
    pairs = [(f"ranking, {names[0]}", f"{other}, {names[0]}") for other in SYSTEMS if other != "ranking"]
    pairs += [(f"{label}, {names[0]}", f"{label}, {names[1]}") for label in SYSTEMS if len(names) > 1]
    return _report(systems, pairs)


def _ablation(options: argparse.Namespace) -> dict[str, Any]:
    (encoder,) = _encoders(options).values()
    found = _found(options, options.split, encoder)
    systems = {name: evaluate(found, system) for name, system in ABLATIONS.items()}
    whole, *others = systems
    return _report(systems, [(other, whole) for other in others])


def _fairness(options: argparse.Namespace) -> dict[str, Any]:
    occupations = read_onet(options.folder)
    borne = borne_titles(occupations)
    (encoder,) = _encoders(options).values()
    usable = [code for code in sorted(borne) if split_of(code) is Split.DEVELOPMENT and len(borne[code]) >= TITLES]
    codes = usable[:: len(usable) // BOARD_OCCUPATIONS][:BOARD_OCCUPATIONS]
    board = make_board(occupations, borne, codes)
    queries = [Query(Kind.TITLE, code, title) for code in codes for title in borne[code][:TITLES]]
    with empty_index(options.engine) as url, closing(open_engine(url)) as engine:
        fill(engine, board, encoder, build_catalogue(occupations, encoder, "O*NET"))
        found = find(engine, encoder, queries, grades_by_code(occupations, board))
    held = holders(board)
    wishes = [
        Wish(rank(one.retrieved, one.wanted, TODAY), one.grades, held[one.query.text])
        for one in found
        if len(held.get(one.query.text, ())) > PAGE
    ]
    # The popular ones are of all kinds.
    random.Random(0).shuffle(wishes)  # noqa: S311
    track = partial(tqdm, unit=" searches", leave=False, disable=None)
    rows = [
        {"near": order.near, "same company": order.colleagues, **simulate(wishes, order, track)}
        for order in ORDERS
    ]
    print(
        f"{len(board):,} people, {len(wishes)} titles that more than a page of people hold\n\n{plain_table(rows)}"
    )
    return {"orders": rows}


def _tune(options: argparse.Namespace) -> dict[str, Any]:
    (encoder,) = _encoders(options).values()
    nonsense = [Query(Kind.TITLE, "", text) for text in NONSENSE]
    # In one go, so that all meet the same people.
    found = _found(options, Split.DEVELOPMENT, encoder, nonsense)
    answerable, senseless = collect(found[: -len(nonsense)]), collect(found[-len(nonsense) :])
    now = Setting(**WEIGHTS, occupation=OCCUPATION, past=PAST)
    measured = {setting: quality(answerable, setting) for setting in {*grid(), now}}
    order = sorted(measured, key=lambda setting: -measured[setting][ALL])
    print("nDCG@10 by kind of query, without a floor: the weights now, then the best\n")
    print(plain_table([_setting_row(setting, measured[setting]) for setting in (now, *order[:_BEST])]))
    chosen = Setting(*options.weights) if options.weights else order[0]
    row = _setting_row(chosen, quality(answerable, chosen))
    print(f"\nThe weights chosen for a table of floors\n\n{plain_table([row])}")
    result: dict[str, Any] = {"settings": [_setting_row(setting, measured[setting]) for setting in order]}
    unanswerable = without_relevant(answerable)
    for label, value in (
        ("the score with the weights now", partial(scores, setting=now)),
        ("the score with the chosen weights", partial(scores, setting=chosen)),
        ("the title's cosine alone", partial(title_values, past=PAST)),
    ):
        values = [value(signals) for signals in (answerable, unanswerable, senseless)]
        result[label] = floor_table(values[0], answerable, values[1], values[2], _FLOORS)
        print(f"\nA floor on {label}\n\n{plain_table(result[label])}")
    by_certainty = floor_by_certainty(
        scores(answerable, now), scores(unanswerable, now), answerable.certainty, FLOOR
    )
    print(f"\nThe floor {FLOOR} by the certainty of the reading\n\n{plain_table(by_certainty)}")
    result["the floor by certainty"] = by_certainty
    return result


def _setting_row(setting: Setting, measured: Mapping[str, float]) -> dict[str, float]:
    return {**{f"weight of {name}": value for name, value in asdict(setting).items()}, **measured}


def _found(options: argparse.Namespace, split: Split, encoder: Encoder, more: Sequence[Query] = ()) -> list[Found]:
    """Return what an engine with the whole population finds for the queries of `split`, and then for `more`."""
    occupations = read_onet(options.folder)
    borne = borne_titles(occupations)
    people = make_people(occupations, borne)
    queries = [*make_queries(occupations, borne, split), *more]
    catalogue = build_catalogue(held_out(occupations, queries), encoder, "O*NET without what is asked")
    with empty_index(options.engine) as url, closing(open_engine(url)) as engine:
        fill(engine, people, encoder, catalogue)
        return find(engine, encoder, queries, grades_by_code(occupations, people))


def _encoders(options: argparse.Namespace) -> dict[str, Encoder]:
    specs = list(dict.fromkeys(filter(None, (options.encoder, getattr(options, "against", None)))))
    names = [spec.rstrip("/").rpartition("/")[2] for spec in specs]
    if len(set(names)) < len(names):
        names = specs
    return {name: CachedEncoder(open_encoder(spec), _CACHE) for name, spec in zip(names, specs, strict=True)}


def _report(
    systems: Mapping[str, Sequence[QueryScore]], pairs: Sequence[tuple[str, str]] | None = None
) -> dict[str, Any]:
    """Print the figures of `systems` and of the `pairs` (else the first and the second); return them as JSON."""
    tables: dict[str, Slices] = {name: slices(scored) for name, scored in systems.items()}
    for name, rows in tables.items():
        print(f"{as_table(name, rows)}\n")
    pairs = pairs or list(pairwise(systems))
    against = {f"{a} - {b}": compared(systems[a], systems[b]) for a, b in pairs}
    for name, rows in against.items():
        print(f"{as_table(name, rows, signed=True)}\n")
    return {name: as_json(rows) for name, rows in (tables | against).items()}


if __name__ == "__main__":
    sys.exit(main())
