"""Signals that, beside a child's name, tell who and where the child is: age, class, school, town."""

from __future__ import annotations

import re

from moderation.rules.child_words import classes

MOST_YEARS = 17
_DELIMITED = r"(?=[.]|$|,[#EWHGFKBL]|[#EWHKGFB])"

_ADULT = re.compile(
    r"[NO](?=F?T)|(?<=D)[NO]|(?<=D[MFxX])[NO]|(?<=I)[NO]|(?<=IZ)[NO]|(?<=IZ,)[NO]|(?<=P)N|(?<=P,)N|(?<=IP)N|(?<=I,)N(?=,P)"
)
"""Names of adults: with a patronymic, after a profession, the writer's own, a mother's."""

_CHILD = re.compile(
    rf"""CF?[NOno] | C[xM]F?[NOno](?!,[^\#EWHGFKBL.,]) | C,F?[NOno]{_DELIMITED} | C[xXM,]{{0,3}}Z[,x]?F?[NOno] |
      (?<!I)(?<!I,)Z,?F?[NOno]
    | M[NOno](?![,]D) | PF?O | [NO]F?x{{1,2}}\#K
    | [NOno]F?,?M?[\#E](?:,\#)?,?L(?!V) | [NO]F?,?\#,?X?,?K | [NO]F?,?x?\#X(?![#X])
    | [NO]F?[,x]?[x]?WK |
      [NO]F?,?[xXU]{{0,2}}G
    | [\#E],?L,?C?F?[NOno] | [NO],?C | O\#(?=[,.]|$) | C\#,?X?,?,?K,?F?[NO] | [\#W],?X?,?KF?[NO](?!,)""",
    re.VERBOSE,
)
"""A name that is a child's by what stands beside it."""
_FULL = re.compile(r"F[NO]|[NO]F")
_AGE = re.compile(
    r"""[NOnoCYFB],?x?,?([#E]),?x?L(?!V) | ([#E]),L | [NOno]F?,?M?([#E])(?:,\#)?,?L(?!V)
    | B,?x?([#E])(?=[.,L]|$) | O(\#)(?=[,.]|$)
    | ([#E])L,?[CNO] | [NO]F?,(\#)(?=[.,]|$)""",
    re.VERBOSE,
)
_CLASS = re.compile(r"\#,?X?,?K|WX?K")
_CLASS_LETTER = re.compile(
    r"(?<![\d.,:№])(?:1[01]|[1-9])\s?[-«\"]?\s?[А-ЕЖЗИК]\s?[»\"]?(?![\w])(?!\.\s?[А-Я])"
    r"|(?:клашк|классник|классниц)|(?:подготовительн|старш|средн|младш|ясельн)\w+\s+групп",
)
_SCHOOL = re.compile(
    r"(?<!\w)(?:школ[аеуыо]\w*|гимнази\w+|лице\w+|(?:дет\w*\s*)?сад(?:ик)?[аеу]?|д/с|мб?[дo]?оу|м[ак]оу|гбоу|с[оo]ш|доу|мбдоу|прогимнази\w+|кадетск\w+\s+корпус\w*)"
    r"\s*(?:(?:№|номер|n|no)\.?\s*\d+|[-\s]\d{1,4}(?!\s*(?:класс|лет|год|-\s*(?:й|го)|час|руб|урок|мин|дн|раз|[а-яё]))|(?:им\.|имени)\s*\S+|[«\"][^»\"]{2,40}[»\"]|\d{2,4}(?!\d))"
    r"|(?<!\w)\d{1,4}(?:-?(?:й|ю|я|ая|ую|ой|ей|ом))?\s+(?:школ[аеуы]|гимнази[яию]|лице[йяе]|сад(?:ик)?[еау]?)(?!\w)",
    re.IGNORECASE,
)
_TOWN = re.compile(
    r"(?<!\w)(?:[Жж]ив[её]\w*(?:\s+мы|\s+с\s+\w+)?|[Мм]ы(?:\s+сами)?|[Рр]одом|[Пп]роживаем|[Пп]роживает|[Уу]чится|[Пп]ереехали|[Сс]адик|[Шш]кола)\s*[,–—-]?\s*(?:в|из|во)\s+(?:городе\s+|города\s+|г\.\s*|посел\w+\s+|пос\.\s*|деревне\s+|селе\s+)?[А-ЯЁ][а-яё-]{2,}"
    r"|(?<!\w)(?:г\.|гор\.|город)\s?[А-ЯЁ][а-яё-]{2,}|(?<!\w)из\s+(?:города\s+|г\.\s?)?(?:Москвы|Питера|Петербурга|Санкт-Петербурга|Казани|Новосибирска|Екатеринбурга|Самары|Омска|Уфы|Перми|"
    r"Воронежа|Волгограда|Краснодара|Саратова|Тюмени|Тольятти|Ижевска|Барнаула|Иркутска|Хабаровска|Ярославля|Владивостока|Томска|Оренбурга|Кемерово|Рязани|Астрахани|Пензы|Липецка|"
    r"Тулы|Кирова|Чебоксар|Калининграда|Курска|Ставрополя|Улан-Удэ|Твери|Магнитогорска|Сочи|Иваново|Брянска|Белгорода|Сургута|Владимира|Архангельска|Калуги|Смоленска|Химок|Мытищ|Балашихи|"
    r"Подольска|Королева|Люберец|Челябинска|Красноярска|Ростова|Минска|Алматы|Астаны|Красногорска|Одинцово|Мурманска|Вологды|Саранска|Череповца|Орла|Тамбова|Пскова)(?!\w)"
)
_BIRTH = re.compile(
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[./](?:0?[1-9]|1[0-2])[./](?:20)?[012]\d(?:\s*г\.?\s*р\.?|\s*рожд\w*)|20[012]\d\s*(?:г\.?\s*р\.?(?!\w)|года?\s+рождения)"
    r"|(?:родил\w+|дата\s+рождения|д\.?\s?р\.?|день\s+рождения)\W{0,3}(?:\w+\s+)?(?:(?:0?[1-9]|[12]\d|3[01])[./\s](?:0?[1-9]|1[0-2]|[а-я]+)[./\s]*(?:20)?[012]?\d?|\d{1,2}\s+(?:янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|ноя|дек)\w*)",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"(?<!\w)(?:сказк|мульт|книг|книж|рассказ|учебник|стих|читаем|прочита|песн|фильм|писател|автор|поэт|персонаж|геро[йия]|спектакл|сочинени|произведен)\w*",
    re.IGNORECASE,
)


def signals(text: str, *, named: bool = True) -> frozenset[str]:
    """Name the signals of a text: `child_name`, `age`, `class`, `school`, `town`, `birth`.

    `named` says that some form of a first name is in the text; without one only the signals beside it are sought.
    """
    row, words = classes(text)
    bare = _ADULT.sub("A", row) if named else row
    found = set(_places(text, row, named=named))
    if _age(bare, words):
        found.add("age")
    if "K" in bare and _CLASS.search(bare):
        found.add("class")
    if named and _is_child(text, bare, found):
        found.add("child_name")
    return frozenset(found)


def _is_child(text: str, row: str, found: set[str]) -> bool:
    if _CHILD.search(row):
        return not (_WORKS.search(text) and not set(row) & set("CMPI"))
    return bool(found) and _FULL.search(row) is not None and not _WORKS.search(text)


def _places(text: str, row: str, *, named: bool) -> list[str]:
    found = []
    if "#" in row or "%" in row or "класс" in text or "групп" in text:
        if _CLASS_LETTER.search(text):
            found.append("class")
        if ("#" in row or "%" in row) and _BIRTH.search(text):
            found.append("birth")
    if "H" in row and _SCHOOL.search(text):
        found.append("school")
    if named and _TOWN.search(text):
        found.append("town")
    return found


def _age(row: str, words: list[str]) -> bool:
    for match in _AGE.finditer(row):
        for group in range(1, (match.re.groups or 0) + 1):
            place = match.start(group)
            if place >= 0 and (not words[place].isdecimal() or int(words[place]) <= MOST_YEARS):
                return True
    return False
