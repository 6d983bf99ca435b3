"""Other ways to write the same."""

from scripts.training.spelling import SHORT_FORMS, spelling_pairs


def test_technologies_are_paired_with_their_usual_spelling() -> None:
    pairs = spelling_pairs()

    assert {("C sharp developer", "C# developer"), ("JS engineer", "JavaScript engineer")} <= set(pairs)
    assert set(SHORT_FORMS) <= set(pairs)
    assert all(one != other for one, other in pairs)
