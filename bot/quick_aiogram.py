"""Imports aiogram without building its 400 models at once.

`import aiogram` asks pydantic to build every type on the spot: 4.7 CPU-seconds and 165 MB, of which a bot uses a
tenth. Here each model is built when first used, with the namespace aiogram would have built it with: 1.0 s and 65 MB
(measured with `python -m bench.cold_start`). Pydantic itself completes an unfinished model on first use through
`model_rebuild`; only the namespace has to be remembered. Must run before the first import of aiogram.
"""

from __future__ import annotations

import sys
from typing import Any

from pydantic import BaseModel

_NAMESPACE: dict[str, Any] = {}
_rebuild = BaseModel.__dict__["model_rebuild"].__func__


def _remember(cls: type[BaseModel], **options: Any) -> bool | None:
    namespace = options.get("_types_namespace")
    if namespace is not None and cls.__module__.startswith("aiogram.types"):
        _NAMESPACE.update(namespace)
        return None
    done: bool | None = _rebuild(cls, **options)
    return done


def _build_on_use(cls: type[BaseModel], **options: Any) -> bool | None:
    options["_types_namespace"] = options.get("_types_namespace") or _NAMESPACE
    done: bool | None = _rebuild(cls, **options)
    return done


def install() -> None:
    """Import aiogram the quick way; does nothing when it was imported already."""
    if "aiogram" in sys.modules:
        return
    BaseModel.model_rebuild = classmethod(_remember)  # type: ignore[assignment, method-assign, arg-type]
    try:
        from aiogram.methods.base import Response, TelegramMethod  # noqa: PLC0415 - the point of this module
        from aiogram.types.base import TelegramObject  # noqa: PLC0415
    finally:
        BaseModel.model_rebuild = classmethod(_rebuild)  # type: ignore[assignment, method-assign]
    for base in (TelegramObject, TelegramMethod, Response):
        base.model_rebuild = classmethod(_build_on_use)  # type: ignore[assignment, method-assign, arg-type]
