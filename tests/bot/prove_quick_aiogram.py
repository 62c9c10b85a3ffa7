"""Every type and every answer of aiogram can be built on use after the quick import.

python -m tests.prove quick-aiogram
"""

from __future__ import annotations

from collections.abc import Sequence

import aiogram.methods
import aiogram.types
from aiogram.methods.base import Response, TelegramMethod
from pydantic import BaseModel

from bot import quick_aiogram


def models() -> list[type[BaseModel]]:
    """List aiogram's models, types before methods."""
    return [
        model
        for module in (aiogram.types, aiogram.methods)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
    ]


def build(chosen: Sequence[type[BaseModel]]) -> int:
    """Use each, methods with a refused answer too; tell how many could be."""
    built = 0
    for model in chosen:
        assert model.__pydantic_validator__.title
        if issubclass(model, TelegramMethod) and model is not TelegramMethod:
            answer = Response[model.__returning__].model_validate({"ok": False})
            assert answer.result is None
        built += 1
    return built


def main() -> int:
    """Build all of them."""
    quick_aiogram.install()
    print(f"{build(models())} types and methods of aiogram built on use")
    return 0
