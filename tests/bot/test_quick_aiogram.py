"""The quick import changes when aiogram's models are built, not what they are."""

from __future__ import annotations

import aiogram.methods
import aiogram.types
from aiogram.methods.base import Response, TelegramMethod
from pydantic import BaseModel


def test_every_type_and_every_answer_can_be_built_on_use():
    built = 0
    for module in (aiogram.types, aiogram.methods):
        for model in vars(module).values():
            if isinstance(model, type) and issubclass(model, BaseModel):
                assert model.__pydantic_validator__.title
                built += 1
                if issubclass(model, TelegramMethod) and model is not TelegramMethod:
                    assert (
                        Response[model.__returning__].model_validate({"ok": False}).result is None
                    )
    assert built > 500
