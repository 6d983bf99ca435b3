"""What a text says that it does not mean: "paralegal, but not a lawyer". Pure."""

import re

# Where a clause ends, and with it what is not meant. A point ends one only before a space: ".NET" begins with one.
_BETWEEN_CLAUSES = re.compile(r"(\s*(?:[,;:!?()|→➜⇒]|\.(?=\s|$)|->|=>)\s*|\s+[-\u2013]\s+|(?<!thing)\s+but\s+)")
# From here on a clause says what is not meant. "Not only", "not sure whether", "not for profit" and "no code" deny
# nothing, and without a space "no-code" and "No. 1" are other words.
_NOT = re.compile(
    r"(?<![^\s])(?:"
    r"(?:not|don['\u2019]?t|never)(?=\s)"
    r"(?!\s(?:only|just|sure|certain|know|decided|mind|care|afraid|for[ -]profit)\b)"
    r"|no(?=\s)(?!\scode\b)"
    r"|(?:any|every)(?:thing|one|body)\s(?:but|except|other than)\b|nothing(?!\sbut\b)(?=\s)"
    r"|neither\b|instead\sof\b|rather\sthan\b)",
    re.IGNORECASE,
)
# What leads to it is no part of what is meant: "teacher who does not shout".
_LEADING_THERE = re.compile(
    r"(?:(?:^|\s)(?:a|an|and|are|as|at|but|by|do|does|for|has|have|i|in|is|it|of|or|rather|so|that|the|they|to|we"
    r"|where|which|who|with|would))+$",
    re.IGNORECASE,
)


def without_negated(text: str) -> tuple[str, str]:
    """Return what `text` means, and what it says that it does not mean, such as "not a lawyer"; each may be "".

    What is denied reaches to the end of its clause.
    """
    clauses = _BETWEEN_CLAUSES.split(text)
    meant, denied = "", []
    for place in range(0, len(clauses), 2):
        clause = clauses[place]
        if found := _NOT.search(clause):
            denied.append(clause[found.start() :])
            clause = _LEADING_THERE.sub("", clause[: found.start()].rstrip())
        if clause:
            meant += (clauses[place - 1] if meant else "") + clause
    return (meant, ", ".join(denied)) if denied else (text, "")
