"""May we? A pure fold over the records of the ledger.

`standing` folds one line (subject, purpose, child) to its last effective record; `judge` weighs it with what else
the law asks for. The sending gate reads standings from a projection and asks the same `judge`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from consent.ages import Stage
from consent.purposes import TERMS, Basis, Purpose
from consent.record import Action, Record


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one line stands: the record in force and what of it matters."""

    action: Action
    record: str
    at: datetime
    version: int = 0
    valid_until: datetime | None = None
    proven: bool = True
    intact: bool = True
    """False when the stored record does not agree with its own hash."""


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of a document; `material` suspends consents to earlier ones."""

    number: int
    material: bool
    published_at: datetime


Versions = Mapping[Purpose, Sequence[Version]]


@dataclass(frozen=True, slots=True)
class ConsentPolicy:
    """Numbers of the law and of the school.

    teen_grace: how long a parent's consent alone carries on after a child becomes 14 or 16 (days; 0 = not at all).
    cross_border_required: True makes silence about transfer abroad a no for data of a child; an explicit no always is.
    asks: how often one version of a document is asked about; quiet between: days between the asks.
    """

    teen_grace: timedelta = timedelta(days=30)
    cross_border_required: bool = False
    asks: int = 2
    days_between_asks: int = 7
    validity: Mapping[Purpose, timedelta] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Family:
    """What the answer about a child also depends on.

    others: standings of the other guardians about this child. own: the child's own answer. stage / since: how grown
    up the child is, and from when.
    """

    others: tuple[Standing, ...] = ()
    own: Standing | None = None
    stage: Stage = Stage.CHILD
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Permission:
    """The answer. `record_id` is the record that allows (or forbids); `reason` is a code for people to be told."""

    allowed: bool
    record_id: str | None
    reason: str

    @classmethod
    def yes(cls, record_id: str | None, reason: str) -> Permission:
        return cls(allowed=True, record_id=record_id, reason=reason)

    @classmethod
    def no(cls, record_id: str | None, reason: str) -> Permission:
        return cls(allowed=False, record_id=record_id, reason=reason)


NOBODY = Family()
ABROAD = frozenset({Purpose.CHILD_DATA, Purpose.PERSONALISATION})
"""Purposes that send data of a child through Telegram, so a no to transfer abroad ends them."""


def standing(records: Iterable[Record], at: datetime) -> Standing | None:
    """Fold the records of one line as they were known at `at`.

    Later events win, not later arrivals: an imported old grant never overrides a withdrawal made since. A grant
    without proof speaks only where nothing else does.
    """
    known = [record for record in records if record.received_at <= at]
    proven = [record for record in known if record.proven or record.action is not Action.GRANT]
    last = max(proven or known, key=lambda record: (record.at, record.seq), default=None)
    return as_standing(last) if last is not None else None


def as_standing(record: Record) -> Standing:
    """Keep of a record what decides."""
    return Standing(
        record.action,
        record.id,
        record.at,
        record.document.version if record.document else 0,
        record.valid_until,
        record.proven,
    )


def judge(
    purpose: Purpose,
    own: Standing | None,
    at: datetime,
    versions: Versions,
    *,
    policy: ConsentPolicy,
    family: Family = NOBODY,
    abroad: Standing | None = None,
) -> Permission:
    """Decide about one purpose from standings. `abroad` is the person's own line about transfer abroad."""
    mine = _line(purpose, own, at, versions)
    if not mine.allowed:
        return mine
    if purpose in ABROAD:
        crossing = _line(Purpose.CROSS_BORDER, abroad, at, versions)
        if not crossing.allowed and (crossing.reason != "none" or policy.cross_border_required):
            return Permission.no(crossing.record_id, f"cross_border_{crossing.reason}")
    if purpose is Purpose.CHILD_DATA:
        return _about_child(mine, family, at, versions, policy)
    return mine


def may(
    records: Sequence[Record],
    subject: str,
    purpose: Purpose,
    child: str,
    at: datetime,
    *,
    versions: Versions,
    policy: ConsentPolicy,
    guardians: Collection[str] = (),
    stage: Stage = Stage.CHILD,
    since: datetime | None = None,
) -> Permission:
    """Answer for any moment whether data of `subject` (about `child`, or "") may be used for `purpose`.

    `records` hold the subject's lines and, for a child, those of everybody who answers for it (`guardians`). A line
    about one child overrides the same person's general answer about children.
    """

    def line(who: str, what: Purpose, about: str) -> Standing | None:
        same = (r for r in records if (r.subject, r.purpose, r.child) == (who, what, about))
        return standing(same, at)

    def word_of(who: str) -> Standing | None:
        return line(who, purpose, child) or (line(who, purpose, "") if child else None)

    own = word_of(subject)
    others = (word_of(who) for who in guardians if child and who != subject)
    family = Family(
        others=tuple(other for other in others if other is not None),
        own=line(child, purpose, child) if child else None,
        stage=stage,
        since=since,
    )
    abroad = line(subject, Purpose.CROSS_BORDER, "")
    return judge(purpose, own, at, versions, policy=policy, family=family, abroad=abroad)


def _line(purpose: Purpose, own: Standing | None, at: datetime, versions: Versions) -> Permission:
    basis = TERMS[purpose].basis
    if basis is Basis.CONTRACT:
        return Permission.yes(own.record if own else None, basis.value)
    if own is None:
        if TERMS[purpose].needs_grant:
            return Permission.no(None, "none")
        return Permission.yes(None, basis.value)
    reason = _held_back(purpose, own, at, versions)
    if reason is not None:
        return Permission.no(own.record, reason)
    return Permission.yes(own.record, "granted")


def _held_back(purpose: Purpose, own: Standing, at: datetime, versions: Versions) -> str | None:
    if not own.intact:
        return "tampered"
    if own.action is not Action.GRANT:
        return REFUSALS[own.action]
    if not own.proven:
        return "unproven"
    if own.valid_until is not None and own.valid_until <= at:
        return "expired"
    if TERMS[purpose].needs_grant and outdated(own.version, versions.get(purpose, ()), at):
        return "suspended"
    return None


def outdated(version: int, published: Sequence[Version], at: datetime) -> bool:
    """Tell whether a text changed in substance after `version`."""
    return any(v.material and v.number > version and v.published_at <= at for v in published)


def _about_child(
    mine: Permission, family: Family, at: datetime, versions: Versions, policy: ConsentPolicy
) -> Permission:
    """Take the stricter of all who answer for a child, and the child's own word from 14."""
    for other in family.others:
        if not other.intact or other.action in {Action.REFUSE, Action.WITHDRAW}:
            return Permission.no(other.record, "other_parent")
    if family.stage is Stage.CHILD:
        return mine
    own = family.own
    if own is not None:
        theirs = _line(Purpose.CHILD_DATA, own, at, versions)
        return mine if theirs.allowed else Permission.no(own.record, "teen_refused")
    if family.stage is Stage.ADULT:
        return Permission.no(mine.record_id, "grown_up")
    if family.since is not None and at < family.since + policy.teen_grace:
        return mine
    return Permission.no(mine.record_id, "teen_unasked")


REFUSALS = {
    Action.REFUSE: "refused",
    Action.WITHDRAW: "withdrawn",
    Action.EXPIRE: "expired",
    Action.SUPERSEDE: "superseded",
}
