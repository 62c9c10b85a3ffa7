"""Laws of the fold, and of the gate's protocol."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.settings import Settings
from consent.advertising import AdItem, Advertising, advertising_allowed
from consent.ages import Stage, stage_of, stage_since
from consent.chain import Head, follow, link, read, slim
from consent.documents import parse
from consent.fold import ConsentPolicy, Version, may
from consent.imports import Imported, import_rows
from consent.links import LinkKind, Links
from consent.nightly import Nightly
from consent.ports import About
from consent.purposes import Purpose, purpose_of
from consent.record import (
    Action,
    Channel,
    Controller,
    DocumentRef,
    Draft,
    Grantor,
    Record,
    Relation,
)
from consent.retention import SCHEDULE, schedule
from consent.typed import holds_personal_data
from core.effects import MessageClass
from core.errors import Refusal
from core.ids import PersonId
from storage.retention import STATEMENTS, purge
from storage.rotation import rotate
from storage.seal import Seal
from tests.consent.prove_claims import walk
from tests.consent.prove_interleaving import main
from tests.consent.school import School, document

P = Purpose
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
POLICY = ConsentPolicy()


def record(
    seq: int, action: Action, *, who="mother", purpose=P.MARKETING, child="", days=0, **more
) -> Record:
    at = NOW + timedelta(days=days)
    facts = {"received_at": at, "document": DocumentRef(purpose, 1, "ru", "x"), **more}
    return Record(
        subject=who,
        purpose=purpose,
        action=action,
        at=at,
        grantor=Grantor(Relation.PARENT),
        channel=Channel.BOT,
        receipt="r",
        child=child,
        id=f"{who}{seq}",
        seq=seq,
        **facts,
    )


GRANT, REFUSE, WITHDRAW = Action.GRANT, Action.REFUSE, Action.WITHDRAW
MATERIAL = {P.MARKETING: [Version(1, True, NOW), Version(2, True, NOW + timedelta(days=5))]}
FOLDED = [
    ("nothing said", [], {}, 9, "none"),
    ("granted", [record(1, GRANT)], {}, 9, "granted"),
    ("before it was granted", [record(1, GRANT, days=10)], {}, 9, "none"),
    ("withdrawn", [record(1, GRANT), record(2, WITHDRAW, days=1)], {}, 9, "withdrawn"),
    ("still granted the day before", [record(1, GRANT), record(2, WITHDRAW, days=9)], {}, 8, "granted"),
    ("granted again", [record(1, GRANT), record(2, WITHDRAW, days=1), record(3, GRANT, days=2)], {}, 9, "granted"),
    ("run out", [record(1, GRANT, valid_until=NOW + timedelta(days=9))], {}, 9, "expired"),
    ("a day before it runs out", [record(1, GRANT, valid_until=NOW + timedelta(days=9))], {}, 8, "granted"),
    ("L104 material version", [record(1, GRANT)], MATERIAL, 5, "suspended"),
    ("L104 the day before it", [record(1, GRANT)], MATERIAL, 4, "granted"),
    ("L107 import without proof", [record(1, GRANT, proven=False)], {}, 9, "unproven"),
    ("L107 an unproven import does not lift a refusal", [record(1, REFUSE), record(2, GRANT, days=1, proven=False)], {}, 9, "refused"),
    ("an old grant that arrives late does not lift a withdrawal", [record(1, WITHDRAW, days=3), record(2, GRANT, received_at=NOW + timedelta(days=5))], {}, 9, "withdrawn"),
    ("another purpose says nothing about this one", [record(1, GRANT, purpose=P.PERSONALISATION)], {}, 9, "none"),
    ("another person says nothing about this one", [record(1, GRANT, who="stranger")], {}, 9, "none"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "records", "versions", "day", "reason"), FOLDED, ids=[c[0] for c in FOLDED]
)
def test_the_fold_answers_for_any_moment(case, records, versions, day, reason):
    answer = may(
        records,
        "mother",
        P.MARKETING,
        "",
        NOW + timedelta(days=day),
        versions=versions,
        policy=POLICY,
    )
    assert answer.reason == reason
    assert answer.allowed == (reason == "granted")


def about(action: Action, who: str = "mother", seq: int = 1, child: str = "kid") -> Record:
    return record(seq, action, who=who, purpose=P.CHILD_DATA, child=child)


TEENS = [
    ("L106 thirteen: the parent decides", Stage.CHILD, None, [], "granted"),
    ("L106 fourteen, within the grace", Stage.TEEN, 10, [], "granted"),
    ("L106 fourteen, nobody asked in time", Stage.TEEN, -40, [], "teen_unasked"),
    ("L106 fourteen, agrees", Stage.TEEN, -40, [about(GRANT, "kid", 2)], "granted"),
    ("L106 fourteen, refuses", Stage.TEEN, 10, [about(REFUSE, "kid", 2)], "teen_refused"),
    ("L106 eighteen: the parent's word ends", Stage.ADULT, 10, [], "grown_up"),
    ("L106 eighteen, agrees", Stage.ADULT, 10, [about(GRANT, "kid", 2)], "granted"),
    ("L105 the other parent withdrew", Stage.CHILD, None, [about(WITHDRAW, "father", 2)], "other_parent"),
    ("L105 the other parent refused in general", Stage.CHILD, None, [about(REFUSE, "father", 2, child="")], "other_parent"),
    ("L105 the other parent said nothing", Stage.CHILD, None, [], "granted"),
    ("abroad was refused", Stage.CHILD, None, [record(2, REFUSE, purpose=P.CROSS_BORDER)], "cross_border_refused"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "stage", "since", "more", "reason"), TEENS, ids=[c[0] for c in TEENS]
)
def test_who_else_has_a_word_about_a_child(case, stage, since, more, reason):
    answer = may(
        [about(GRANT), *more],
        "mother",
        P.CHILD_DATA,
        "kid",
        NOW + timedelta(days=1),
        versions={},
        policy=POLICY,
        guardians=("mother", "father"),
        stage=stage,
        since=NOW + timedelta(days=since) if since is not None else None,
    )
    assert answer.reason == reason


@pytest.mark.parametrize(
    ("born", "stage"),
    [("2012-11-24", Stage.CHILD), ("2012-11-23", Stage.TEEN), ("2010-11-23", Stage.OLDER_TEEN), ("2008-11-23", Stage.ADULT), ("2027-01-01", Stage.CHILD)],
)  # fmt: skip
def test_a_stage_begins_on_the_birthday(born, stage):
    """L106."""
    assert stage_of(date.fromisoformat(born), date(2026, 11, 23)) is stage


def test_the_stage_of_a_leap_day_begins_the_day_before():
    """L106."""
    assert stage_since(date(2012, 2, 29), Stage.TEEN) == date(2026, 2, 28)


ACTIONS = st.sampled_from([GRANT, REFUSE, WITHDRAW])


@given(st.lists(st.tuples(ACTIONS, st.integers(0, 20), st.booleans()), max_size=12), st.randoms())
def test_the_order_of_arrival_in_the_list_does_not_matter(deeds, chance):
    records = [
        record(seq, action, days=day, proven=proven)
        for seq, (action, day, proven) in enumerate(deeds, 1)
    ]
    at = NOW + timedelta(days=30)
    shuffled = chance.sample(records, len(records))
    answers = {
        may(rows, "mother", P.MARKETING, "", at, versions={}, policy=POLICY)
        for rows in (records, shuffled)
    }
    assert len(answers) == 1


@given(
    st.lists(st.tuples(ACTIONS, st.text('ab\u044f"\\{}', max_size=8)), min_size=1, max_size=8),
    st.data(),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_single_change_of_a_stored_row_breaks_the_chain(deeds, data):
    """L120: a character of any column or of the body."""
    head, rows = Head("consents"), []
    for number, (action, cause) in enumerate(deeds):
        draft = Draft(
            subject="s",
            purpose=P.MARKETING,
            action=action,
            at=NOW,
            received_at=NOW,
            grantor=Grantor(Relation.PARENT),
            channel=Channel.BOT,
            receipt="r",
            cause=cause,
        )
        row, head = link(draft, f"id{number}", head, Controller())
        assert read(row).cause == cause
        rows.append(list(row))
    assert follow(map(slim, rows), Head("consents")) == head
    victim = data.draw(st.sampled_from(rows))
    column = data.draw(st.sampled_from([0, 2, 3, 5, 6, 7, 8, 10, 11]))
    victim[column] = victim[column] + 1 if column == 7 else f"{victim[column]}x"
    assert follow(map(slim, rows), Head("consents")) != head


def test_no_call_begins_after_a_committed_withdrawal():
    """L99 L100: 10,000 steps here, a million in `make prove`; without the gate the same model finds violations."""
    counts = main(10_000)
    assert counts["violations"] == 0
    assert counts["sent"] > 200
    assert counts["suppressed"] > 200
    assert counts["in the allowed window"] < counts["sent"] / 4
    assert main(5_000, gated=False)["violations"] > 0


async def test_no_row_is_handed_over_after_a_committed_withdrawal(small_school: School):
    """L99: the ledger, the gate and the outbox themselves, in any order of transactions; thousands in `make prove`."""
    counts = await walk(small_school, 30, seed=14, people=2)
    assert counts["violations"] == 0
    assert min(counts[name] for name in ("sent", "withdraw", "stop")) > 0
    assert counts["taken back after the claim"] > 0


async def test_projection_and_fold_agree_whatever_parents_do(small_school: School):
    """L99 L105 L120: the gate's set-based answer equals the pure fold over all records."""
    import random

    chance = random.Random(7)
    people = [await small_school.parent() for _ in range(3)]
    child = await small_school.child(*people)
    for _ in range(25):
        person, purpose = chance.choice(people), chance.choice([P.CHILD_DATA, P.MARKETING])
        about_child = child if purpose is P.CHILD_DATA and chance.random() < 0.7 else None
        if chance.random() < 0.7:
            await small_school.says(person, purpose, grant=chance.random() < 0.7, child=about_child)
        else:
            await small_school.consents.withdraw(person, [purpose], child=about_child)
        async with small_school.database.begin() as unit:
            versions = await unit.documents.versions()
            subjects = [await unit.consents.subject(one) for one in people]
            kid = await unit.consents.child_subject(child)
            records = [r for one in people for r in await unit.consents.records(one)]
            for what, key, name in ((P.CHILD_DATA, child, kid), (P.MARKETING, None, "")):
                answers = await unit.consents.permissions(
                    [About(one, key) for one in people], what, unit.now
                )
                for one, subject in zip(people, subjects, strict=True):
                    answer = answers[About(one, key)]
                    folded = may(
                        records,
                        subject,
                        what,
                        name,
                        unit.now,
                        versions=versions,
                        policy=POLICY,
                        guardians=subjects,
                    )
                    assert answer.allowed == folded.allowed


async def test_imports_without_proof_stay_unproven(small_school: School):
    """L107."""
    one, two = await small_school.parent(), await small_school.parent()
    proof = DocumentRef(P.MARKETING, 1, "ru", document(P.MARKETING).sha256)
    rows = [
        Imported(one, P.MARKETING, True, NOW - timedelta(days=90)),
        Imported(two, P.MARKETING, True, NOW - timedelta(days=90), proof, "crm:form:17"),
    ]
    counted = await import_rows(small_school.database, small_school.consents.book, "crm", rows)
    assert (counted.proven, counted.unproven) == (1, 1)
    assert (await small_school.may(one, P.MARKETING)).reason == "unproven"
    assert (await small_school.may(two, P.MARKETING)).allowed
    await small_school.says(one, P.MARKETING, grant=True)
    assert (await small_school.may(one, P.MARKETING)).allowed


def nightly(school: School) -> Nightly:
    return Nightly(
        school.database,
        school.consents.book,
        Links(b"x"),
        lambda token: f"https://t.me/bot?start=t_{token}",
        ZoneInfo("Europe/Moscow"),
    )


async def test_a_child_turning_fourteen_is_asked_itself_and_may_refuse(small_school: School):
    """L106."""
    parent = await small_school.parent(P.CHILD_DATA)
    child = await small_school.child(parent, born="2012-11-23")
    job = nightly(small_school)
    assert await job.grow_up(small_school.clock.now()) == 1
    assert await job.grow_up(small_school.clock.now()) == 0
    async with small_school.database.reading() as unit:
        [asked] = await unit.outbox.of_person(parent)
    assert "t_" in asked.facts["link"]
    assert (await small_school.may(parent, P.CHILD_DATA, child)).allowed
    small_school.clock.jump(timedelta(days=31))
    assert (await small_school.may(parent, P.CHILD_DATA, child)).reason == "teen_unasked"
    consents = small_school.consents
    await consents.answer_as_child(child, grant=True, version=1, language="ru")
    assert (await small_school.may(parent, P.CHILD_DATA, child)).allowed
    small_school.clock.jump(timedelta(seconds=1))
    await consents.answer_as_child(child, grant=False, version=1, language="ru")
    assert (await small_school.may(parent, P.CHILD_DATA, child)).reason == "teen_refused"
    with pytest.raises(Refusal, match=r"consent\.old_version"):
        await consents.answer_as_child(child, grant=True, version=9, language="ru")


async def test_a_material_text_is_asked_about_twice_and_never_at_night(small_school: School):
    """L104."""
    parent, quiet = await small_school.parent(P.MARKETING), await small_school.parent()
    await small_school.publish(document(P.MARKETING, 2, text="Новое."))
    job = nightly(small_school)
    for _ in range(30):
        small_school.clock.jump(timedelta(days=1, hours=1))
        await job.ask_again(small_school.clock.now())
    async with small_school.database.reading() as unit:
        asked = await unit.outbox.of_person(parent)
        assert await unit.outbox.of_person(quiet) == []
    assert len(asked) == 2
    assert {row.due.astimezone(ZoneInfo("Europe/Moscow")).hour for row in asked} == {11}


async def test_a_consent_that_ran_out_is_written_down_once(small_school: School):
    book = small_school.consents.book
    from dataclasses import replace

    timed = replace(book.policy, validity={P.MARKETING: timedelta(days=30)})
    small_school.consents.book = replace(book, policy=timed)
    parent = await small_school.parent(P.MARKETING)
    small_school.clock.jump(timedelta(days=31))
    assert (await small_school.may(parent, P.MARKETING)).reason == "expired"
    job = nightly(small_school)
    assert await job.expire(small_school.clock.now()) == 1
    assert await job.expire(small_school.clock.now()) == 0
    waiting = await small_school.consents.pending_questions(parent)
    assert P.MARKETING in {question.purpose for question in waiting}


def test_every_line_of_the_schedule_is_carried_out_and_bounded():
    assert set(STATEMENTS) == set(SCHEDULE)
    assert schedule({"inbox": 3})["inbox"].days == timedelta(days=3)
    for wrong in ({"inbox": 31}, {"inbox": -1}, {"everything": 1}):
        with pytest.raises(Refusal):
            schedule(wrong)


async def test_the_nightly_purge_empties_what_is_past_its_time_and_says_so(school: School):
    """M34."""
    from storage.tables.moderation import messages

    async with school.database.begin() as unit:
        for number, days in ((1, 20), (2, 2)):
            await unit.connection.execute(
                messages.insert().values(
                    chat_id=-100,
                    message_id=number,
                    author_id=7,
                    at=unit.now - timedelta(days=days),
                    fingerprint=1,
                    signals="",
                    has_media=False,
                    body=b"{}",
                    hidden=False,
                )
            )
    report = await purge(school.database, schedule({}), school.clock.now())
    assert {line.name: line.rows for line in report}["group_messages"] == 1
    assert all(line.why and line.what for line in report)
    again = await purge(school.database, schedule({}), school.clock.now())
    assert {line.rows for line in again} == {0}


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ("", {"questions": 180, "group_messages": 14}),
        ("questions:90, outbox:200", {"questions": 90, "outbox": 200, "group_messages": 14}),
        ("events:365", {"events": 365}),
    ],
)
def test_the_schedule_is_a_table_of_the_settings(given, days):
    made = Settings(_env_file=None, retention_days=given).retention
    assert {name: made[name].days.days for name in days} == days


@pytest.mark.parametrize("given", ["nothing:1", "outbox:99999", "outbox:soon", "outbox"])
def test_a_line_that_is_unknown_or_kept_too_long_is_refused(given):
    with pytest.raises(ValidationError):
        Settings(_env_file=None, retention_days=given)


async def test_rotation_seals_everything_under_the_new_key_and_keeps_look_ups(sqlite_url, clock):
    from storage.database import Database

    old, new = Seal.new_key(), Seal.new_key()
    before = Database(sqlite_url, clock, Seal([old]))
    async with before.begin() as unit:
        person = (await unit.people.add(7, "ru", unit.now)).id
        await unit.people.add_child(person, unit.now, name="Варя", born="2019-05")
        await unit.contacts.keep(person, "phone", "+79160000000", unit.now)
    await before.close()
    after = Database(sqlite_url, clock, Seal([new, old]))
    assert sum((await rotate(after)).values()) == 3
    await after.close()
    final = Database(sqlite_url, clock, Seal([new], index_key=old))
    async with final.reading() as unit:
        [child] = await unit.people.children_of(PersonId(person))
        assert child.name == "Варя"
        assert await unit.contacts.who("phone", "+79160000000") == [person]
    await final.close()


ADS = [
    ("L121 service is no advertising", AdItem(MessageClass.SERVICE, "service", ""), "x", None),
    ("L121 without consent to marketing", AdItem(MessageClass.MARKETING, "care", "", "Реклама"), "x", "advertising.purpose"),
    ("L121 without advertiser", AdItem(MessageClass.MARKETING, "marketing", "", "Реклама"), " ", "advertising.no_advertiser"),
    ("L121 without label", AdItem(MessageClass.MARKETING, "marketing", ""), "ООО", "advertising.no_label"),
    ("L121 another's without erid", AdItem(MessageClass.MARKETING, "marketing", "", "Реклама", own_offer=False), "ООО", "advertising.no_erid"),
    ("L121 another's with erid", AdItem(MessageClass.MARKETING, "marketing", "", "Реклама", "2VtzqvABCDEF", own_offer=False), "ООО", None),
    ("L121 our own with label", AdItem(MessageClass.MARKETING, "marketing", "", "Реклама. ООО"), "ООО", None),
]  # fmt: skip


@pytest.mark.parametrize(("case", "item", "advertiser", "code"), ADS, ids=[c[0] for c in ADS])
def test_advertising_without_what_the_law_asks_is_refused_before_planning(
    case, item, advertiser, code
):
    refusal = advertising_allowed(item, Advertising(advertiser))
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("case", "text", "found"),
    [
        ("L122 phone", "мой +7 (916) 123-45-67", True),
        ("L122 phone with eight", "8 916 123 45 67", True),
        ("L122 abroad", "+49 151 23456789", True),
        ("L122 birth date", "родился 17.05.2019", True),
        ("L122 mail", "пишите на mama@example.org", True),
        ("M39 price", "стоит 82.000 рублей", False),
        ("M39 order", "заказ №89161234567", False),
        ("lesson", "урок в 18:00, 17 мая", False),
    ],
)
def test_what_must_not_be_typed_into_the_chat(case, text, found):
    assert holds_personal_data(text) is found


def test_a_document_says_what_is_wrong_with_it():
    good = "---\npurpose: marketing\nlanguage: ru\nversion: 2\ntitle: Т\nchange: editorial\n---\n# Заголовок\n\nСлово **жирное** <b>\n"
    made = parse(good)
    assert (made.version, made.material, made.summary) == (2, False, "Слово **жирное** <b>")
    assert made.html == "<b>Заголовок</b>\n\nСлово <b>жирное</b> &lt;b&gt;"
    for broken in ("без начала", good.replace("version: 2", "version: два"), good.replace("editorial", "small"), good.replace("marketing", "spam"), good.replace("title: Т", "title:")):  # fmt: skip
        with pytest.raises(Refusal):
            parse(broken)
    with pytest.raises(Refusal, match=r"consent\.unknown_purpose"):
        purpose_of("everything")


@given(st.binary(max_size=60))
def test_no_bytes_are_taken_for_a_link(raw):
    import base64

    with pytest.raises(Refusal):
        Links(b"k").read(base64.urlsafe_b64encode(raw).decode(), LinkKind.STOP, NOW)
