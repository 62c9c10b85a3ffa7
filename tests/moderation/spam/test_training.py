"""Training end to end on a tiny corpus of our own, and what is read from labelled files."""

import json
import random
from pathlib import Path

import pytest

from moderation.spam import samples
from moderation.spam.calibrate import Anchors, anchors, limit
from moderation.spam.corpus import Example, groups, read, stripped
from moderation.spam.model import SpamModel
from moderation.spam.train import held_out_margins, train
from moderation.text.fold import fold

CITIES = ["Москва", "Казань", "Самара", "Пермь", "Омск", "Тула"]


def corpus(path: Path) -> Path:
    chance = random.Random(3)
    rows = [
        {"label": label, "text": f"{samples.written(template, 1, chance)[0]} [USERNAME]"}
        for label, names in ((1, samples.SPAM), (0, samples.HAM[:1]))
        for template in samples.templates(names)
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_a_model_is_trained_written_and_judges(tmp_path):
    lines: list[str] = []
    done = train(
        [corpus(tmp_path / "tiny.jsonl")],
        tmp_path / "model.bin",
        with_samples=False,
        folds=2,
        progress=lines.append,
    )
    model = SpamModel.from_bytes((tmp_path / "model.bin").read_bytes())
    spam = model.score(fold("Ищу людей в команду, доход от 5000 рублей в день, пиши в лс"))
    ham = model.score(fold("Подскажите, пожалуйста, во сколько завтра урок?"))
    assert spam > ham
    assert done.size == (tmp_path / "model.bin").stat().st_size
    assert (tmp_path / "words.bin").stat().st_size > 0
    assert lines


def test_training_on_copies_of_one_text_is_refused(tmp_path):
    path = tmp_path / "copies.jsonl"
    offer = "Нужны курьеры на вечер, оплата сразу, пишите в личные сообщения"
    rows = [{"label": 1, "text": offer}] * 20 + [{"label": 0, "text": "спасибо за урок"}]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with pytest.raises(ValueError, match="too few"):
        train([path], tmp_path / "model.bin", with_samples=False)


def test_training_without_a_class_is_refused(tmp_path):
    path = tmp_path / "half.jsonl"
    path.write_text('{"text": "одно", "label": 0}')
    with pytest.raises(ValueError, match="both"):
        train([path], tmp_path / "model.bin", with_samples=False)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("пиши [USERNAME] за [CURRENCY]", "пиши за"),
        ("**важно** [TIME]", "важно"),
        ("[вот] так", "[вот] так"),
        ("  два   слова ", "два слова"),
    ],
)
def test_what_gives_the_label_away_is_stripped(written, left):
    assert stripped(written) == left


def test_labelled_files_of_three_shapes_are_read(tmp_path):
    (tmp_path / "a.csv").write_text('label,message\n1,"купи, дом"\n0,привет\n', encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "раз", "label": "spam"}\n\n', encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"tokens": ["Пьём", "чай", "."]}\n', encoding="utf-8")
    found = [
        (e.text, e.spam) for name in ("a.csv", "b.jsonl", "c.jsonl") for e in read(tmp_path / name)
    ]
    assert found == [("купи, дом", True), ("привет", False), ("раз", True), ("Пьём чай.", False)]


def test_a_file_without_texts_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("label,body\n1,x\n", encoding="utf-8")
    with pytest.raises(ValueError, match="column"):
        list(read(tmp_path / "a.csv"))


def test_near_duplicates_share_a_group():
    offer = (
        "Ищем курьеров на подработку, оплата ежедневно, опыт не нужен, пишите в личные сообщения"
    )
    numbers = groups(
        [offer, offer + " сегодня!", "Спасибо за урок, детям понравилось рисовать осень"]
    )
    assert numbers[0] == numbers[1] != numbers[2]


def test_no_example_is_judged_by_a_model_that_saw_its_group():
    """A group of its own spam words is held out whole, so its margin cannot be high."""
    examples = [Example(f"зюзя мюмзя {n}", spam=True, source="a") for n in range(10)]
    examples += [Example(f"купи слона недорого {c}", spam=True, source="a") for c in CITIES]
    examples += [
        Example(f"обычный разговор о погоде {n} {c}", spam=False, source="a")
        for n in range(20)
        for c in CITIES
    ]
    margins = held_out_margins(examples, [0] * 10 + list(range(1, 127)), seed=1, folds=3)
    assert max(margins[:10]) < min(margins[10:16])


def test_anchors_stand_at_the_worst_domain():
    examples = [
        Example("x", spam=False, source=source) for source in ("a", "b") for _ in range(1000)
    ]
    margins = [n / 1000 for n in range(1000)] + [n / 1000 + 1 for n in range(1000)]
    ends = anchors(examples, margins)
    assert ends == Anchors(review=limit(margins[1000:], 0.005), hide=limit(margins[1000:], 0.001))
    assert ends.slope * ends.review + ends.shift == pytest.approx(0.0)
