"""Tables, one module per noun. Importing this package fills `metadata`."""

from importlib import import_module
from pkgutil import iter_modules

from storage.tables.base import metadata

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["metadata"]
