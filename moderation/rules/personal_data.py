"""Phones, home addresses and documents in a text: data that points at a person by itself.

Prices, orders, phones of organisations and addresses of public places look alike and are nobody's data.
"""

from __future__ import annotations

import re

_PHONE = re.compile(
    r"""(?<![\w.,№\#/+-])(?:
      (?:\+\s?7|8|7)[\s\-–—.(]*\d{3}[\s\-–—.)]*\d{3}[\s\-–—.]*\d{2}[\s\-–—.]*\d{2}
    | \+\s?(?:375|380|998|996|992|994|995|374|373|77\d?|90|49|1|972|371|372|
      370)[\s\-–.(]*\d{2,3}[\s\-–.)]*\d{2,3}[\s\-–.]*\d{2}[\s\-–.]*\d{2}
    | \(?9\d{2}\)?[\s\-–.]+\d{3}[\s\-–.]*\d{2}[\s\-–.]*\d{2}
    | 9\d{9}
    )(?![\d]|[.,]\d|\s?(?:₽|руб|р\.|%))""",
    re.VERBOSE,
)
_HOTLINE = re.compile(r"(?:\+?7|8)[\s\-(]*(?:800|804)")
_NOT_PHONE_BEFORE = re.compile(
    r"(?:заказ\w*|артикул\w*|арт|сч[её]т\w*|инн|кпп|огрн|снилс|трек\w*|договор\w*|чек\w*|код\w*|isbn|штрих\w*|"
    r"накладн\w*|посылк\w*|заявк\w*|обращени\w*|логин|id|ид|сери[яйи]|карт[ыауе]|р/с|бик|билет\w*|тикет\w*|платеж\w*|"
    r"квитанци\w*|пароль|идентификатор\w*)\W{0,3}(?:номер\w*|№|n|#|:|для\s+\w+)?\W{0,4}$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"горяч\w+ лини|справочн|регистратур|поликлиник|больниц|деканат|администраци|организаци|школ[аыеу] работает|"
    r"техподдержк|служб[аыуе] поддержк|поддержк[аиу]|колл-центр|секретар|"
    r"звоните в школу|в офис|в студию|отдел |приемн|приёмн|ресепшн|магазин|"
    r"телефон довери|скор\w+ помощ|мчс|полици|музе|театр|бассейн|кафе|клиник",
    re.IGNORECASE,
)
_DIGIT_WORDS = re.compile(
    r"(?:\b(?:ноль|нуль|один|два|три|четыре|пять|шесть|семь|восемь|девять)\b[\s,.-]*){7,}",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"""паспорт\w*(?:\s+(?:ребенка|ребёнка|сына|дочери|дочки|серия|номер|рф|№|
      :))*\W{0,4}\d{2}\s?\d{2}\W{0,8}(?:номер\W*|№\W*)?\d{6}
    | (?<!\d)\d{3}-\d{3}-\d{3}[\s-]\d{2}(?!\d)
    | снилс\w*\W{0,12}\d[\d\s-]{9,13}\d
    | (?:полис\w*|омс|енп)\D{0,20}\d{4}\s?\d{4}\s?\d{4}\s?\d{4}
    | свидетельств\w*(?:\s+о\s+рождении)?\D{0,25}[IVXLCР1lУХ]{1,5}\s?-?\s?[А-ЯA-Z]{2}\s?[№N]?\s?\d{6}
    | (?:карт[аыуе]\w*)\D{0,20}\d{4}[\s-]?\d{4}[\s-]?\d{4}[\s-]?\d{4}(?!\d)
    | (?<!\d)[2456]\d{3}[\s-]\d{4}[\s-]\d{4}[\s-]\d{4}(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_STREET = re.compile(
    r"""(?:(?<!\w)(?:ул\.?|улиц[аеуы]|просп\.?|проспект\w*|пр-т\w?|пр-кт|пер\.|переул\w+|шоссе|ш\.|
      бульвар\w*|б-р|наб\.|набережн\w+|
    проезд\w*|площад\w+|мкр\.?|микрорайон\w*|аллея|тупик|пр\.)\s*[«"]?[\w.-]+(?:\s+[\w.-]+){0,2}?|
      (?<!\w)на\s+[А-ЯЁ][а-яё]+(?:ой|ого|а|ском|ской|е|ова|ева|ина))
    [\s,]*(?:(?:д|дом|дома|доме|д\.)\.?\s*№?\s*)?\d{1,4}\s?[а-гА-Г]?(?:\s*/\s*\d+)?(?:\s*[,;]?\s*(?:к|корп|
      корпус|стр)\.?\s*\d+)?(?!\d|\s*(?:лет|год|час|мин|ма[яр]|январ|феврал|апрел|июн|июл|август|сентябр|
      октябр|ноябр|декабр|:))""",
    re.VERBOSE,
)
_FLAT = re.compile(
    r"(?:(?<!\w)(?:д|дом|дома|доме|корп|корпус)\.?\s*№?\s*\d+\w?\W{0,4}(?:\w+\W+){0,3})?(?<!\w)(?:кв|квартир[аеуы])\.?\s*№?\s*\d{1,4}(?!\d|\s*(?:м|кв|руб|тыс))",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"(?<!\w)(?:жив[ёеуи]\w*|прожива\w*|прописа\w+|зарегистрирова\w*|домашн\w+|(?:наш|мой|мо[её]го|его|её|ее|моей|нашего)\s+(?:домашний\s+)?адрес\w*|"
    r"подъезд\w*|домофон\w*|кв\.?\s*№?\s*\d|квартир\w+\s*№?\s*\d|забира\w+|забрать|приезжайте|приходите|заходите|ждём|ждем|"
    r"адрес\s+(?:ребенка|ребёнка|сына|дочери|дочки|прожив\w+|прописки|доставки)|доставк\w*|ключи|переехали|дома\s+никого|квартал|живущ\w+)",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"музе|театр|выставк|магазин|клиник|поликлиник|библиотек|школ[аыеу]\s+(?:находит|располож)|занятия\s+проход|офис|филиал|центр\w*\s|"
    r"концерт|кафе|площадк|парк\w*\s|метро|отделени|пункт\w*\s+выдач|бассейн|стадион|студи[яи]",
    re.IGNORECASE,
)


def phones(text: str) -> list[tuple[int, int]]:
    """Find personal phone numbers; hotlines, organisations' phones, order and account numbers are left out."""
    found = []
    for match in _PHONE.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if _HOTLINE.match(match[0]) or _NOT_PHONE_BEFORE.search(before):
            continue
        if _ORGANISATION.search(text[max(0, match.start() - 60) : match.end() + 30]):
            continue
        found.append(match.span())
    if not found:
        found.extend(match.span() for match in _DIGIT_WORDS.finditer(text))
    return found


def documents(text: str) -> list[tuple[int, int]]:
    """Find numbers of passports, insurance, birth certificates and bank cards."""
    return [match.span() for match in _DOCUMENT.finditer(text)]


def addresses(text: str) -> list[tuple[int, int]]:
    """Find home addresses: a street with a house where somebody lives, or a house with a flat."""
    home = _HOME.search(text) is not None
    found = []
    for match in _STREET.finditer(text):
        around = text[max(0, match.start() - 60) : match.end() + 30]
        if _FLAT.search(text, match.end(), match.end() + 40) or (
            home and not _PUBLIC.search(around)
        ):
            found.append(match.span())
    if not found:
        found = [m.span() for m in _FLAT.finditer(text) if m[0][:2].lower() != "кв" or home]
    return found
