"""Staff's samples and campaigns: near copies only, reversible, flat."""

from datetime import UTC, datetime, timedelta

import pytest

from moderation.spam.campaigns import WINDOW, CampaignIndex
from moderation.spam.samples_index import Sample, Samples
from moderation.text.fold import fold
from moderation.text.shingles import Fingerprint, fingerprint

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OFFER = "Ищем сотрудников на удалённую работу, оплата каждый день, опыт не нужен, пишите в личные сообщения"
OTHER = "Спасибо учителю за интересный урок, ребёнок весь вечер пересказывал историю про динозавров"


def mark(text: str) -> Fingerprint:
    return fingerprint(fold(text).compact)


def test_a_near_copy_finds_its_sample_however_it_is_spelled():
    samples = Samples()
    samples.learn(Sample("case-1", mark(OFFER), spam=True))
    match = samples.nearest(
        mark("0" + OFFER.replace("о", "o").replace("работу", "р.а.б.о.т.у") + "!!")
    )
    assert match is not None
    assert match.sample.spam


def test_a_sample_reaches_nothing_but_its_copies():
    """Wrong marks poison nothing: other texts stay as they were."""
    samples = Samples()
    for number in range(200):
        samples.learn(Sample(number, mark(f"{OTHER} {number}"), spam=True))
    assert (
        samples.nearest(
            mark("Подскажите, когда начинается урок чтения и нужна ли тетрадь в линейку")
        )
        is None
    )


def test_a_forgotten_sample_is_gone():
    samples = Samples()
    samples.learn(Sample(1, mark(OFFER), spam=True))
    assert samples.forget(1)
    assert not samples.forget(1)
    assert samples.nearest(mark(OFFER)) is None
    assert len(samples) == 0


def test_marking_a_case_again_replaces_its_sample():
    samples = Samples()
    samples.learn(Sample(1, mark(OFFER), spam=True))
    samples.learn(Sample(1, mark(OFFER), spam=False))
    match = samples.nearest(mark(OFFER))
    assert match is not None
    assert not match.sample.spam


def test_the_harmless_of_two_equal_samples_wins():
    samples = Samples()
    samples.learn(Sample(1, mark(OFFER), spam=False))
    samples.learn(Sample(2, mark(OFFER), spam=True))
    match = samples.nearest(mark(OFFER))
    assert match is not None
    assert match.sample.key == 1


def test_a_greeting_matches_only_itself():
    samples = Samples()
    samples.learn(Sample(1, mark("Привет"), spam=True))
    assert samples.nearest(mark("Привет!")) is not None
    assert samples.nearest(mark("Приветик")) is None


def test_an_empty_text_is_no_sample():
    samples = Samples()
    samples.learn(Sample(1, mark("!!!"), spam=True))
    assert len(samples) == 0


def test_many_copies_of_one_text_are_kept_in_bounds():
    samples = Samples()
    for number in range(500):
        samples.learn(Sample(number, mark(OFFER), spam=True))
    assert samples.nearest(mark(OFFER)) is not None
    assert max(map(len, samples._bands.values())) <= 8


@pytest.mark.parametrize(
    ("case", "author", "later", "others"),
    [
        ("another author", 2, timedelta(minutes=5), 1),
        ("the same author", 1, timedelta(minutes=5), 0),
        ("just inside the window", 2, WINDOW - timedelta(seconds=1), 1),
        ("the window is half-open", 2, WINDOW, 0),
    ],
)
def test_other_authors_of_a_near_copy_are_counted(case, author, later, others):
    index = CampaignIndex()
    assert index.observe(mark(OFFER), 1, -100, NOW) == 0
    assert index.observe(mark(OFFER + " жду!"), author, -200, NOW + later) == others


def test_thanks_from_everybody_are_no_campaign():
    index = CampaignIndex()
    assert [index.observe(mark("Спасибо!"), author, -100, NOW) for author in range(5)] == [0] * 5


def test_the_index_forgets_the_oldest_when_full():
    index = CampaignIndex(most_bands=8)
    index.observe(mark(OFFER), 1, -100, NOW)
    index.observe(mark(OTHER), 2, -100, NOW)
    index.observe(
        mark("Завтра приносим краски, альбом, клей и сменную обувь, не забудьте"), 3, -100, NOW
    )
    assert index.observe(mark(OFFER), 4, -100, NOW) == 0
