from scripts.relevance.report import as_json, as_table, compared, plain_table, slices
from scripts.relevance.scores import QueryScore

OURS = [QueryScore("title", "11", {"MRR": 1.0}), QueryScore("task", "29", {"MRR": 0.5})]
THEIRS = [QueryScore("title", "11", {"MRR": 0.5}), QueryScore("task", "29", {"MRR": 0.5})]


def test_a_table_has_a_row_for_all_for_each_kind_and_for_each_group() -> None:
    assert as_table("ours", slices(OURS)).splitlines() == [
        "| ours | queries | MRR |",
        "|---|---|---|",
        "| all kinds | 2 | 0.7500 (0.750 to 0.750) |",
        "| title | 1 | 1.0000 (1.000 to 1.000) |",
        "| task | 1 | 0.5000 (0.500 to 0.500) |",
        "| group 11 | 1 | 1.0000 (1.000 to 1.000) |",
        "| group 29 | 1 | 0.5000 (0.500 to 0.500) |",
    ]


def test_a_comparison_shows_which_way_it_goes() -> None:
    assert "| all kinds | 2 | +0.2500 (+0.250 to +0.250) |" in as_table("", compared(OURS, THEIRS), signed=True)
    assert "| title | 1 | -0.5000 (-0.500 to -0.500) |" in as_table("", compared(THEIRS, OURS), signed=True)


def test_json_holds_the_mean_the_interval_and_the_number_of_queries() -> None:
    assert as_json(slices(OURS))["title"]["MRR"] == {"mean": 1.0, "low": 1.0, "high": 1.0, "queries": 1}


def test_a_plain_table_has_the_keys_as_its_head() -> None:
    assert plain_table([{"floor": 0.3, "kind": "task"}]).splitlines() == [
        "| floor | kind |",
        "|---|---|",
        "| 0.3000 | task |",
    ]
