"""The errors of Mentor Search, one tree.

MentorSearchError
├── InvalidFile           an input file or mapping cannot be used as a whole; nothing was read from it
├── CannotUndo            an import cannot be undone: unknown, undone already, or too old
├── EncoderError          texts cannot be turned into vectors
└── EngineError
    ├── InvalidEngineURL  the engine setting names no engine
    ├── EngineUnavailable the engine does not answer, or not now
    ├── EngineRejected    the engine answers and refuses: credentials, versions, a failed write
    ├── IndexMissing      there is no index yet
    ├── TitlesMissing     there is no job-title index yet
    └── IndexMismatch     the index was made by another schema version or another encoder
"""


class MentorSearchError(Exception):
    """Base of every error that is meant to be read by a person: its text says what to do."""


class InvalidFile(MentorSearchError):
    """An input file or mapping cannot be used as a whole; nothing was read from it."""


class CannotUndo(MentorSearchError):
    """An import cannot be undone: there is none of that name, it was undone already, or it is too old."""


class EncoderError(MentorSearchError):
    """The encoder cannot be loaded, or failed on a text."""


class EngineError(MentorSearchError):
    """Base of what can go wrong with an engine."""


class InvalidEngineURL(EngineError):
    """The engine setting names no engine that exists."""


class EngineUnavailable(EngineError):
    """The engine does not answer, or is too busy; the same call may work later."""


class EngineRejected(EngineError):
    """The engine answers and refuses: wrong credentials, wrong version, a failed write."""


class IndexMissing(EngineError):
    """There is no index yet: nothing has been imported."""


class TitlesMissing(EngineError):
    """The engine holds no job-title index yet."""


class IndexMismatch(EngineError):
    """The index was made by another schema version or with another encoder."""
