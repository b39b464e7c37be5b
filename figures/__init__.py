"""Figures reads news, keeps every number with who said it, and tells which numbers cannot all be true.

The whole face of the library: ``Article``, ``Figure`` and ``Conflict`` are its nouns; ``read``, ``extract``,
``tabulate``, ``reconcile``, ``latest``, ``compare`` and ``load`` its verbs, in the order of the data's way. A table
carries them too, as ``table.figures``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from figures.model import Article, Conflict, Figure

if TYPE_CHECKING:
    from figures.api import load
    from figures.extract import extract
    from figures.ingest import read
    from figures.reconcile import compare, reconcile
    from figures.reconcile.latest import latest
    from figures.table import tabulate

__all__ = [
    "Article",
    "Conflict",
    "Figure",
    "compare",
    "extract",
    "latest",
    "load",
    "read",
    "reconcile",
    "tabulate",
]
__version__ = "0.1.0"

_VERBS: Final = {
    "compare": "figures.reconcile",
    "extract": "figures.extract",
    "latest": "figures.reconcile.latest",
    "load": "figures.api",
    "read": "figures.ingest",
    "reconcile": "figures.reconcile",
    "tabulate": "figures.table",
}
_WITHOUT_PANDAS: Final = frozenset({"extract", "read"})


class _Verb:
    """A verb of the package, found when first asked for: pandas alone takes a second to import.

    A descriptor on the module's class, because two verbs share their name with the package that does the work:
    importing ``figures.extract`` would otherwise put the package in the function's place.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, module: object, owner: type | None = None) -> Any:
        if self.name not in _WITHOUT_PANDAS:
            import_module("figures.accessor")
        return getattr(import_module(_VERBS[self.name]), self.name)

    def __set__(self, module: object, value: object) -> None:
        # The import system binds each sub-package to its parent; the verb keeps the name.
        if not isinstance(value, ModuleType):
            raise AttributeError(f"figures.{self.name} is fixed")


class _Face(ModuleType):
    __doc__ = __doc__

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


for _name in _VERBS:
    setattr(_Face, _name, _Verb(_name))
sys.modules[__name__].__class__ = _Face
if "pandas" in sys.modules:
    import_module("figures.accessor")
