"""Read conditions: `- {fact: goal, is: speech}`, `- {tone: habit}`, `- any: [...]`. A list means all of them."""

from __future__ import annotations

from core.cohorts import Cohort, Tone
from texts.field_read import Reader
from texts.journey_model import ALWAYS, FACTS, AllOf, AnyOf, Compare, Condition, Op
from texts.yaml_lines import Fields

_SHORT = {"cohort": [one.value for one in Cohort], "tone": [one.value for one in Tone]}
"""Facts that may be asked without `fact:`, with their values."""


def read_conditions(reader: Reader, fields: Fields, key: str) -> Condition:
    """Read a list of conditions that must all hold; missing is always true."""
    if key not in fields:
        return ALWAYS
    found = [_one(reader, one) for one in reader.mappings(fields, key)]
    return found[0] if len(found) == 1 else AllOf(tuple(found))


def _one(reader: Reader, fields: Fields) -> Condition:
    if "any" in fields:
        reader.known_only(fields, ("any",))
        return AnyOf(tuple(_one(reader, one) for one in reader.mappings(fields, "any")))
    for short, allowed in _SHORT.items():
        if short in fields:
            reader.known_only(fields, (short,))
            values = tuple(reader.words(fields, short))
            for value in set(values) - set(allowed):
                reader.fault(fields, short, f"{short} has {value!r}", ", ".join(allowed))
            return Compare(short, Op.IN, values)
    return _compare(reader, fields)


def _compare(reader: Reader, fields: Fields) -> Compare:
    reader.known_only(fields, ("fact", *Op))
    fact = reader.one_of(fields, "fact", FACTS)
    asked = [op for op in Op if op.value in fields]
    if len(asked) != 1:
        reader.fault(fields, "fact", "a condition compares once", ", ".join(Op))
        return Compare(fact, Op.KNOWN, value=True)
    op = asked[0]
    return Compare(fact, op, _value(reader, fields, op))


def _value(reader: Reader, fields: Fields, op: Op) -> str | int | bool | tuple[str, ...]:
    value = fields[op.value]
    match op:
        case Op.IN:
            return tuple(reader.words(fields, op.value))
        case Op.KNOWN:
            if not isinstance(value, bool):
                reader.fault(fields, op.value, f"known is {value!r}", "true or false")
            return bool(value)
        case Op.AT_LEAST | Op.AT_MOST:
            return reader.number(fields, op.value, 0, 0, 1_000_000)
        case _:
            return value if isinstance(value, str | int | bool) else str(value)
