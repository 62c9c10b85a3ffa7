"""What is wrong with one item: length, braces, markup, links, buttons, promises, discounts, labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from core.effects import MessageClass
from texts.markup import CAPTION_LIMIT, MESSAGE_LIMIT, html_problems, utf16_length, visible
from texts.pack_model import ACTION_LIMIT, ACTIONS, BUTTON_LIMIT, PURPOSES_OF_CLASS, SCREENS, Item
from texts.pack_render import fill
from texts.placeholders import KNOWN, PLURAL_FORMS, needs_personal, slots, stray_braces
from texts.say import MissingText

Found = Iterator[tuple[str, str]]
"""What is wrong and what would be right."""

_MEDICAL = re.compile(
    r"вылеч|излеч|исцел|избав\w+ от (?:болезн|аллерги|тревог|сдвг)|укрепля\w+ иммунитет|повыша\w+ иммунитет|"
    r"предотвра\w+ болезн|доз[аыу]\b|дозировк|миллиграмм|\bмг\b|лекарств\w+ (?:помож|помог)|заменя\w+ врача|без врача|"
    r"\bcures?\b|\bheals?\b|boosts? immunity|prevents? (?:disease|illness)|\bdosage\b|replaces? a doctor",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"гарантиру|100 ?%|стопроцент|обязательно заговорит|станет отличником|гени(?:й|ем)|"
    r"\bguarantee|will certainly|genius",
    re.IGNORECASE,
)
_DISCOUNT = re.compile(
    r"скидк|промокод|распродаж|дешевле|\d+ ?%|бесплатн\w+ месяц|\bdiscount|promo ?code|cheaper",
    re.IGNORECASE,
)
_PUSH = re.compile(
    r"только сегодня|последний шанс|успейте|не упустите|\bhurry up|last chance", re.IGNORECASE
)
_SHOUT = re.compile(r"!!|\b[А-ЯЁ]{6,}\b")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_MOST_EMOJI = 2
_MOST_EXCLAMATIONS = 2


def faults(item: Item) -> list[tuple[str, str]]:
    """List everything wrong with an item."""
    return [fault for lint in LINTS for fault in lint(item)]


def _texts(item: Item) -> Iterator[str]:
    yield item.text
    if item.generic is not None:
        yield item.generic
    if item.label:
        yield item.label
    for button in item.buttons:
        yield button.label


def _braces(item: Item) -> Found:
    known = ", ".join(sorted(KNOWN))
    for text in _texts(item):
        if stray_braces(text):
            yield "a brace that is no placeholder", "{name} or {number|form|form|form}"
        for slot in slots(text):
            if slot.name not in KNOWN:
                yield f"there is no placeholder {{{slot.name}}}", known
            elif slot.forms and not KNOWN[slot.name].is_number:
                yield f"{{{slot.name}}} is not a number and has no plural forms", "a number"
            elif slot.forms and len(slot.forms) != PLURAL_FORMS[item.lang]:
                forms = (
                    "{lessons|урок|урока|уроков}"
                    if item.lang == "ru"
                    else "{lessons|lesson|lessons}"
                )
                yield f"{{{slot.name}}} has {len(slot.forms)} plural forms", forms
    for name in item.extra_needs - set(KNOWN):
        yield f"needs names {name}, which is no placeholder", known


def _sizes(item: Item) -> Found:
    limit = CAPTION_LIMIT if item.media else MESSAGE_LIMIT
    for text in (item.text, item.generic or ""):
        whole = f"{text}\n\n{item.label}" if item.label else text
        length = utf16_length(visible(_filled(whole, item.lang)))
        if length > limit:
            yield (
                f"{length} units long",
                f"at most {limit} UTF-16 units{' with a picture' if item.media else ''}",
            )


def _markup(item: Item) -> Found:
    for text in _texts(item):
        for problem in html_problems(_filled(text, item.lang)):
            yield problem, "Telegram HTML: <b>, <i>, <u>, <s>, <a href>, <code>, <blockquote>"
        for href in re.findall(r'href="([^"]*)"', text):
            if not _is_link(href.strip("{}")):
                yield f"link {href}", "https://... or a {placeholder} that is a link"


def _buttons(item: Item) -> Found:
    for button in item.buttons:
        verb, _, argument = button.action.partition(":")
        if len(_filled(button.label, item.lang)) > BUTTON_LIMIT:
            yield f"button {button.label!r} is too long", f"at most {BUTTON_LIMIT} characters"
        if "<" in button.label:
            yield f"button {button.label!r} has markup", "plain words"
        if verb not in ACTIONS or (not argument and verb != "stop"):
            yield f"button does {button.action!r}", "; ".join(ACTIONS.values())
        elif verb == "open" and argument not in SCREENS:
            yield f"there is no screen {argument}", ", ".join(SCREENS)
        elif verb == "url" and not _is_link(argument):
            yield f"button opens {argument}", "https://... or a placeholder that is a link"
        elif verb == "fact" and "=" not in argument:
            yield f"button does {button.action!r}", "fact:name=value"
        elif verb != "url" and (
            len(button.action.encode()) > ACTION_LIMIT or not button.action.isascii()
        ):
            yield (
                f"action {button.action!r} is too long",
                f"at most {ACTION_LIMIT} Latin characters",
            )


def _consents(item: Item) -> Found:
    allowed = PURPOSES_OF_CLASS[item.message_class]
    if item.purpose not in allowed:
        yield f"a {item.message_class} item stands on {item.purpose}", ", ".join(allowed)
    if item.message_class is MessageClass.MARKETING and not {"{advertiser}", "{erid}"} <= set(
        re.findall(r"\{\w+\}", item.label)
    ):
        yield "a marketing item without its label", "label: Реклама. {advertiser}. erid: {erid}"
    if needs_personal(item.text) and item.generic is None:
        yield (
            "names a child or an age, but has no generic text",
            "generic: the same without name and age",
        )
    if item.generic is not None and needs_personal(item.generic):
        yield "the generic text names a child or an age", "no {child} and no {age}"


def promises(text: str) -> Found:
    """Find promises of an effect, discounts and shouting in a text."""
    for pattern, what in (
        (_MEDICAL, "promises an effect on health or advises a treatment"),
        (_PROMISE, "promises a result"),
        (_DISCOUNT, "speaks of a discount"),
        (_SHOUT, "shouts"),
    ):
        if found := pattern.search(text):
            yield f"{what}: {found.group(0)!r}", "say what to do and what it is for"


def _tone(item: Item) -> Found:
    for text in (item.text, item.generic or ""):
        yield from promises(text)
        if len(_EMOJI.findall(text)) > _MOST_EMOJI:
            yield "too many emoji", f"at most {_MOST_EMOJI}"
        if text.count("!") > _MOST_EXCLAMATIONS:
            yield "too many exclamation marks", f"at most {_MOST_EXCLAMATIONS}"
        if item.message_class is not MessageClass.SERVICE and (found := _PUSH.search(text)):
            yield f"pushes: {found.group(0)!r}", "a calm sentence"


LINTS: tuple[Callable[[Item], Found], ...] = (_braces, _sizes, _markup, _buttons, _consents, _tone)


def samples(lang: str) -> dict[str, str | int]:
    """Sample facts for a preview, one for every placeholder."""
    return {name: one.english if lang == "en" else one.sample for name, one in KNOWN.items()}


def _filled(text: str, lang: str) -> str:
    """Fill with samples; a text with faulty braces stays as it is."""
    try:
        return fill(text, samples(lang), lang)
    except (MissingText, ValueError):
        return text


def _is_link(address: str) -> bool:
    if address in KNOWN:
        return KNOWN[address].is_link
    parts = urlsplit(address)
    return parts.scheme == "https" and "." in parts.netloc
