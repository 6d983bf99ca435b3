"""Which titles name which occupations."""

from indexer.taxonomy import Occupation
from indexer.titles.everyday import EVERYDAY_TITLES
from indexer.titles.keys import title_key
from indexer.titles.naming import namings
from indexer.titles.short_forms import SHORT_FORMS
from tests.relevance.occupations import make_occupation


def named(*occupations: Occupation) -> dict[str, str]:
    """Return the spelling of each title by its key, of those of the taxonomy alone."""
    return {key: naming.spelling for key, naming in namings(occupations).items() if not naming.stands_for}


def test_two_spellings_are_one_title_in_the_way_that_most_people_write_it() -> None:
    occupation = make_occupation(
        "27-3023.00",
        title="Sports Reporters",
        alternate_titles=("Reporter, Sports", "Sports Reporter"),
        reported_titles=("Sports Reporter",),
    )

    assert named(occupation) == {title_key("Sports Reporter"): "Sports Reporter"}


def test_an_official_title_keeps_its_spelling_where_nobody_writes_another() -> None:
    assert named(make_occupation("29-1131.00", title="Veterinarians")) == {
        title_key("Veterinarian"): "Veterinarians"
    }


def test_brackets_and_short_titles_are_one_short_title() -> None:
    occupation = make_occupation(
        "11-1011.00",
        title="Chief Executives",
        alternate_titles=("Chief Executive Officer (CEO)",),
        short_titles=("CEO",),
        reported_titles=("Chief Executive Officer (CEO)",),
        named_by={"Chief Executive Officer (CEO)": 3, "CEO": 3},
    )
    titles = namings([occupation])

    assert {titles[title_key(title)].spelling for title in ("CEO", "Chief Executive Officer")} == {
        "CEO",
        "Chief Executive Officer",
    }
    assert titles[title_key("CEO")].sources == {"11-1011.00": 4}


def test_a_title_without_a_letter_is_none() -> None:
    assert list(named(make_occupation("1", title="Vet", alternate_titles=("***",)))) == ["vet"]


def test_a_short_form_stands_for_what_the_taxonomy_has_of_its_meanings() -> None:
    product = make_occupation("11-2021.00", title="Product Managers")
    project = make_occupation("13-1082.00", title="Project Managers")

    assert namings([product])["pm"].stands_for == [title_key("Product Manager")]
    assert namings([product, project])["pm"].stands_for == [
        title_key("Product Manager"),
        title_key("Project Manager"),
    ]
    assert "pm" not in namings([make_occupation("29-1131.00", title="Veterinarians")])


def test_an_everyday_title_means_what_we_say_and_not_what_the_taxonomy_says() -> None:
    photos = make_occupation(
        "51-9151.00", title="Photographic Process Workers", alternate_titles=("Full Stack Developer",)
    )
    developers = make_occupation("15-1252.00", title="Software Developers")
    key = title_key("Full Stack Developer")

    assert namings([photos])[key].sources == {"51-9151.00": 1}
    assert namings([photos, developers])[key].sources == {}
    assert namings([photos, developers])[key].stands_for == [title_key("Software Developers")]


def test_an_everyday_title_never_takes_the_place_of_an_official_one() -> None:
    official = make_occupation("11-1021.00", title="Managers")
    titles = namings([official, make_occupation("11-1022.00", title="General and Operations Managers")])

    assert titles[title_key("Manager")].official == {"11-1021.00"}


def test_technologies_are_found_by_their_other_spellings() -> None:
    titles = namings([make_occupation("1", title="Developers", alternate_titles=("JavaScript Developer",))])

    assert titles[title_key("JS Developer")].spelling == "JS Developer"
    assert titles[title_key("java script developer")].stands_for == [title_key("JavaScript Developer")]


def test_no_short_form_stands_for_itself_in_the_end() -> None:
    meant = {title_key(title): {title_key(one) for one in meanings} for title, *meanings in EVERYDAY_TITLES}
    for short, long_form in SHORT_FORMS:
        meant.setdefault(title_key(short), set()).add(title_key(long_form))

    for key in meant:
        reached, waiting = set(), [key]
        while waiting:
            new = meant.get(waiting.pop(), set()) - reached
            reached |= new
            waiting += new
        assert key not in reached, key
