"""Write data/job_titles anew, the job titles that the product ships, from your own download of O*NET.

Example: scripts/make_job_titles.py --onet db_27_0_text --release 27.0
"""

import argparse
import sys
from pathlib import Path

from indexer.encoder import DEFAULT_ENCODER, open_encoder
from indexer.errors import MentorSearchError
from indexer.taxonomy import read_onet
from indexer.titles.build import build_catalogue
from indexer.titles.shipped import AS_SHIPPED, SHIPPED, write_shipped
from scripts.import_titles import embedding_progress


def main(arguments: list[str] | None = None) -> int:
    """Write the folder and return the exit status: 2 where something could not be used, else 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--onet", type=Path, metavar="FOLDER", required=True, help="O*NET in text format")
    parser.add_argument(
        "--release", metavar="NUMBER", required=True, help="the number of that release, such as 27.0"
    )
    parser.add_argument("--encoder", default=str(DEFAULT_ENCODER), help="whose vectors to write")
    parser.add_argument("--output", type=Path, metavar="FOLDER", default=SHIPPED, help="where to")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    options = parser.parse_args(arguments)
    try:
        occupations, encoder = read_onet(options.onet), open_encoder(options.encoder)
        source = f"O*NET {options.release}{AS_SHIPPED}"
        catalogue = build_catalogue(occupations, encoder, source, embedding_progress(options.quiet))
    except MentorSearchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    write_shipped(catalogue, options.output)
    print(f"{options.output}: {len(catalogue.titles):,} titles of {len(catalogue.occupations):,} occupations.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
