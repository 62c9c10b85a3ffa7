"""Checks of JSON values compiled from type annotations."""

import json
import types
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from inspect import isclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from aiogram.client.default import Default
from aiogram.types import InputFile
from aiogram.types.base import TelegramObject
from pydantic import BaseModel

Check = Callable[[Any], Any]


class Mismatch(Exception):  # noqa: N818 - an outcome of a check
    """A value has not the declared shape; `path` leads to the wrong part inside it."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path

    def inside(self, step: str | int) -> "Mismatch":
        part = f"[{step}]" if isinstance(step, int) else f".{step}"
        return Mismatch(self.reason, part + self.path)


def _integer(value: Any) -> int:
    if type(value) is int:
        return value
    if isinstance(value, str) and value.strip().removeprefix("-").isdecimal():
        return int(value)
    raise Mismatch("an integer is expected")


def _number(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    try:
        return float(value) if isinstance(value, str) else _refuse("a number is expected")
    except ValueError:
        raise Mismatch("a number is expected") from None


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    lowered = value.lower() if isinstance(value, str) else None
    if lowered in ("true", "yes", "1"):
        return True
    if lowered in ("false", "no", "0"):
        return False
    raise Mismatch("a boolean is expected")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise Mismatch("a string is expected")


def _refuse(reason: str) -> float:
    raise Mismatch(reason)


def _anything(value: Any) -> Any:
    return value


def _chat_reference(value: Any) -> int | str:
    """Check an identifier that is a number or a @name; digits in text are a number."""
    if type(value) is int:
        return value
    text = _text(value)
    return int(text) if text.strip().removeprefix("-").isdecimal() else text


def _decoded(value: Any) -> Any:
    """Decode a JSON value that travels as text in a form."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Mismatch("a JSON value is expected") from None


def _array_of(item: Check) -> Check:
    def check(value: Any) -> list[Any]:
        decoded = _decoded(value)
        if not isinstance(decoded, list):
            raise Mismatch("an array is expected")
        checked = []
        for index, part in enumerate(decoded):
            try:
                checked.append(item(part))
            except Mismatch as wrong:
                raise wrong.inside(index) from None
        return checked

    return check


def _one_of(allowed: tuple[Any, ...]) -> Check:
    names = ", ".join(str(one.value if isinstance(one, Enum) else one) for one in allowed)

    def check(value: Any) -> Any:
        if value in allowed:
            return value
        raise Mismatch(f"one of {names} is expected")

    return check


def resolve(model: type[BaseModel]) -> None:
    """Complete a model whose annotations are still names: aiogram may have been imported without building all."""
    if not model.__pydantic_fields_complete__:
        model.model_rebuild()


class _ObjectCheck:
    """Check a JSON object against a class of aiogram; its fields are compiled on first use."""

    def __init__(self, model: type[TelegramObject]) -> None:
        self._model = model
        self._fields: dict[str, Check] | None = None
        self._required: list[str] = []
        self.fixed: dict[str, tuple[Any, ...]] = {}

    def prepare(self) -> dict[str, Check]:
        if self._fields is None:
            compiled: dict[str, Check] = {}
            self._fields = compiled
            resolve(self._model)
            for name, field in self._model.model_fields.items():
                wire = field.alias or name
                compiled[wire] = compile_check(field.annotation)
                if get_origin(field.annotation) is Literal:
                    self.fixed[wire] = get_args(field.annotation)
                elif field.is_required():
                    self._required.append(wire)
        return self._fields

    def __call__(self, value: Any) -> dict[str, Any]:
        fields = self.prepare()
        decoded = _decoded(value)
        if not isinstance(decoded, dict):
            raise Mismatch("an object is expected")
        checked: dict[str, Any] = {}
        for name, part in decoded.items():
            check = fields.get(name)
            if check is None:
                raise Mismatch("there is no such field", f".{name}")
            if part is None:
                continue
            try:
                checked[name] = check(part)
            except Mismatch as wrong:
                raise wrong.inside(name) from None
        for name in self._required:
            if name not in checked:
                raise Mismatch("the field is required", f".{name}")
        return checked

    def may_be(self, value: dict[str, Any]) -> bool:
        """Say whether the discriminating fields of the object allow this class."""
        self.prepare()
        return all(value.get(name) in allowed for name, allowed in self.fixed.items())


@cache
def _object_check(model: type[TelegramObject]) -> _ObjectCheck:
    return _ObjectCheck(model)


def _union(options: list[Check]) -> Check:
    objects = [option for option in options if isinstance(option, _ObjectCheck)]
    others = [option for option in options if not isinstance(option, _ObjectCheck)]

    def check(value: Any) -> Any:
        if others and not isinstance(value, dict):
            tried: list[Check] = [*others, *objects]
        else:
            value = _decoded(value) if not others else value
            fitting = [one for one in objects if isinstance(value, dict) and one.may_be(value)]
            tried = [*(fitting or objects), *others]
        failure = Mismatch("the value has none of the expected shapes")
        for index, option in enumerate(tried):
            try:
                return option(value)
            except Mismatch as wrong:
                if index == 0 or len(wrong.path) > len(failure.path):
                    failure = wrong
        raise failure

    return check


_SIMPLE: dict[Any, Check] = {
    int: _integer,
    float: _number,
    bool: _boolean,
    str: _text,
    datetime: _integer,
    timedelta: _integer,
    Any: _anything,
}


def compile_check(annotation: Any) -> Check:  # noqa: PLR0911 - one branch for each kind of type
    """Build the check of one annotation. It returns the value in plain JSON shape or raises Mismatch."""
    if (simple := _SIMPLE.get(annotation)) is not None:
        return simple
    origin = get_origin(annotation)
    if origin is Literal:
        return _one_of(get_args(annotation))
    if origin is list:
        return _array_of(compile_check(get_args(annotation)[0]))
    if origin in (Union, types.UnionType):
        return _compile_union(get_args(annotation))
    if isclass(annotation):
        if issubclass(annotation, InputFile):
            return _text
        if issubclass(annotation, TelegramObject):
            return _object_check(annotation)
        if issubclass(annotation, Enum):
            return _one_of(tuple(item.value for item in annotation))
    if isinstance(annotation, TypeVar) or origin is None:
        return _anything
    return compile_check(get_args(annotation)[0])


def _compile_union(args: tuple[Any, ...]) -> Check:
    kinds = [arg for arg in args if arg is not type(None) and arg is not Default]
    if set(kinds) == {int, str}:
        return _chat_reference
    options: list[Check] = []
    for kind in kinds:
        option = compile_check(kind)
        if option not in options:
            options.append(option)
    if str in kinds and float in kinds:
        options.sort(key=lambda option: option is _text)
    return options[0] if len(options) == 1 else _union(options)
