"""Occupation codes that a seeker sends, checked against the job-title index."""

from marshmallow import ValidationError

from indexer.titles.reader import TitleReader
from service.search import SearchRequest


def check_codes(request: SearchRequest, reader: TitleReader) -> None:
    """Raise ValidationError, in the shape of a schema's own, if `request` names an occupation that is not known.

    Raises EngineError where codes are given and there is no job-title index.
    """
    given = {"occupation": request.filters.occupations, "not_occupation": request.dropped}
    if not any(given.values()):
        return
    known = reader.occupations()
    unknown = {
        name: {place: [_reason(code)] for place, code in enumerate(codes) if code not in known}
        for name, codes in given.items()
    }
    if problems := {name: reasons for name, reasons in unknown.items() if reasons}:
        raise ValidationError(problems)


def _reason(code: str) -> str:
    return f"“{code}” is not the code of an occupation here, such as 29-1131.00."
