"""A profile made ready for an engine."""

from datetime import UTC, datetime

import numpy as np

from indexer.document import about_text, make_documents, profile_text, unread, version
from indexer.profile import content_hash
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CAREER = [{"title": "Vet", "company": "Hill Clinic", "industry": "Animals"}, {"title": "Nurse", "end": "2019"}]
ANN = make_profile(
    "ann",
    positions=CAREER,
    headline="Pilot at heart",
    skills=["surgery"],
    topics=["horses"],
    bio="I sing.",
    location="Leeds",
    schools=[{"school": "North College", "degree": "BSc"}],
    communities=["Choir"],
    contact={"email": "secret@example.org", "phone": "555-secret", "other": "secret"},
)


def test_each_position_has_the_vector_of_its_title_alone() -> None:
    (document,) = make_documents([ANN], KeywordEncoder("vet", "nurse", "pilot"), NOW, unread)

    np.testing.assert_array_equal(document.title_vectors[:, :4], [[0, 1, 0, 0], [0, 0, 1, 0]])


def test_vectors_are_cut_as_short_as_the_encoder_allows_and_unit_again() -> None:
    encoder = KeywordEncoder("vet", "nurse", "pilot")
    encoder.short_dimensions = 3

    (document,) = make_documents([ANN], encoder, NOW, unread)

    np.testing.assert_array_equal(document.title_vectors, [[0, 1, 0], [0, 0, 1]])
    np.testing.assert_allclose(document.profile_vector, [0, np.sqrt(0.5), np.sqrt(0.5)], rtol=1e-6)


def test_the_whole_person_has_one_vector() -> None:
    (document,) = make_documents([ANN], KeywordEncoder("vet", "nurse", "pilot"), NOW, unread)

    np.testing.assert_allclose(document.profile_vector[:4], [0, *[1 / np.sqrt(3)] * 3], rtol=1e-6)


def test_people_in_one_batch_keep_their_own_vectors() -> None:
    encoder = KeywordEncoder("vet", "nurse", "pilot")
    people = [ANN, make_profile("bob", "Pilot"), make_profile("cem", "Nurse")]

    together = make_documents(people, encoder, NOW, unread)

    assert [document.profile.id for document in together] == ["ann", "bob", "cem"]
    for document, person in zip(together, people, strict=True):
        (alone,) = make_documents([person], encoder, NOW, unread)
        np.testing.assert_array_equal(document.title_vectors, alone.title_vectors)
        np.testing.assert_array_equal(document.profile_vector, alone.profile_vector)


def test_it_says_what_it_was_made_of() -> None:
    encoder = KeywordEncoder("vet")

    (document,) = make_documents([ANN], encoder, NOW, unread)

    assert document.fingerprint == encoder.fingerprint
    assert document.content_hash == content_hash(ANN)
    assert document.title_tokens == "vet nurse"


def test_its_version_is_the_date_of_the_profile_or_else_now() -> None:
    dated = make_profile("bob", updated_at="2020-01-02T03:04:05.678Z")

    first, second = make_documents([dated, ANN], KeywordEncoder(), NOW, unread)

    assert first.version == 1577934245678
    assert second.version == version(NOW) == int(NOW.timestamp()) * 1000


def test_nobody_makes_no_documents() -> None:
    assert make_documents([], KeywordEncoder(), NOW, unread) == []


def test_the_text_of_a_person_starts_with_what_matters_most() -> None:
    assert profile_text(ANN) == "Pilot at heart. Vet; Nurse. surgery. horses. I sing."
    assert profile_text(make_profile("bob", "Pilot")) == "Pilot"


def test_the_words_of_a_person_are_all_that_is_public() -> None:
    words = about_text(ANN)

    for word in (
        "heart",
        "sing",
        "Leeds",
        "surgery",
        "horses",
        "Hill Clinic",
        "Animals",
        "North College",
        "Choir",
    ):
        assert word in words


def test_the_contact_is_in_no_text() -> None:
    (document,) = make_documents([ANN], KeywordEncoder(), NOW, unread)

    texts = (
        profile_text(ANN),
        about_text(ANN),
        document.title_tokens,
        document.about_tokens,
        repr(document.profile),
    )
    assert "secret" not in " ".join(texts)
