"""From YAML data to models: one entry at a time, with every fault at its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from triage.errors import KnowledgeError, Place, TriageError, nearest
from triage.knowledge.yaml_reader import Document, Key, Spot

M = TypeVar("M", bound=BaseModel)

PLACEHOLDER = "FILL"
"""begins every text of a skeleton that its author has still to write"""
UNFILLED_HINT = f"write what it asks for in the place of `{PLACEHOLDER} ...`, or leave the field out"


@dataclass(frozen=True)
class Part(Generic[M]):
    """One entry of a file: its model, and the document and key under which it stands there."""

    model: M
    document: Document
    key: Key

    @property
    def place(self) -> Place:
        """Where the entry begins."""
        return self.document.place(self.key)

    def at(self, *rest: str | int) -> Place:
        """The place of a field inside the entry."""
        return self.document.place((*self.key, *rest))

    def spot(self, *rest: str | int) -> Spot:
        """Where the text of a field begins."""
        return self.document.spot((*self.key, *rest)) or Spot(self.at(*rest))


def build(
    kind: type[M], document: Document, key: Key, data: Any, report: Callable[[TriageError], None]
) -> Part[M] | None:
    """The entry as a model; None, with each fault reported, if it is not valid."""
    if not isinstance(data, dict):
        report(
            KnowledgeError(
                "expected fields with names", place=document.place(key), hint="write `name: value` lines"
            )
        )
        return None
    if unfilled := list(_unfilled(document, data, key)):
        # Whatever else is wrong in the entry mostly follows from these.
        for place, field in unfilled:
            message = f"`{field}` is not filled in"
            report(KnowledgeError(message, place=place, rule=_owner(key, data), hint=UNFILLED_HINT))
        return None
    try:
        return Part(kind.model_validate(data), document, key)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            report(_fault(kind, document, key, _owner(key, data), fault))
        return None


def is_unfilled(text: object) -> bool:
    """Whether a value is still the placeholder of a skeleton.

    >>> is_unfilled("FILL why it is urgent"), is_unfilled("Fill the cup."), is_unfilled("FILLED")
    (True, False, False)
    """
    return isinstance(text, str) and text.split(" ", 1)[0] == PLACEHOLDER


def _unfilled(document: Document, data: Any, key: Key) -> Iterator[tuple[Place, str]]:
    """Every placeholder below ``data``: its place, and the field it stands in."""
    if isinstance(data, dict | list):
        for name, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _unfilled(document, inner, (*key, name))
    elif is_unfilled(data):
        spot = document.spot(key)
        place = spot.place if spot else document.place(key)
        yield place, next((part for part in reversed(key) if isinstance(part, str)), "entry")


def _owner(key: Key, data: dict[str, Any]) -> str:
    return str(data.get("id", "")) if key or "id" in data else ""


def _fault(kind: type[BaseModel], document: Document, key: Key, owner: str, fault: Any) -> KnowledgeError:
    where = tuple(part for part in fault["loc"] if part != "[key]")
    place = document.place((*key, *where))
    field = str(where[-1]) if where else ""
    dotted = ".".join(str(part) for part in where)
    hint = ""
    match fault["type"]:
        case "missing":
            message = f"`{dotted}` is missing"
        case "extra_forbidden":
            message = f"`{dotted}` is not a field here"
            hint = nearest(field, _field_names(kind, where[:-1]))
        case "enum" | "literal_error":
            message = f"`{dotted}`: `{fault['input']}` is not one of {fault['ctx']['expected']}"
        case "string_pattern_mismatch":
            message = f"`{dotted}`: `{fault['input']}` does not have the right form"
            hint = "ids are lower case words joined by _, beginning with a letter"
        case "string_type":
            message = f"`{dotted}`: expected text, found `{fault['input']}`"
            hint = "put it in quotes"
        case "model_type" | "dict_type":
            message = f"`{dotted}`: expected fields with names, found `{fault['input']}`"
            hint = _form(_model_at(kind, where))
        case "tuple_type" | "list_type":
            message = f"`{dotted}`: expected a list, found `{fault['input']}`"
            hint = (
                f"write `[{fault['input']}]`" if isinstance(fault["input"], str) else "write `[one, another]`"
            )
        case "too_short" | "string_too_short":
            message = f"`{dotted}` is empty"
            hint = "write at least one entry" if fault["type"] == "too_short" else "write a text"
        case _:
            message = (
                f"`{dotted}`: {fault['msg'][:1].lower()}{fault['msg'][1:]}" if dotted else str(fault["msg"])
            )
    return KnowledgeError(message, place=place, rule=owner, hint=hint)


def _form(model: Any) -> str:
    """How an entry with the fields it needs is written."""
    needed = [name for name, field in getattr(model, "model_fields", {}).items() if field.is_required()]
    return (
        f"write `{{{', '.join(f'{name}: ...' for name in needed)}}}`"
        if needed
        else "write `name: value` lines"
    )


def _field_names(kind: type[BaseModel], where: tuple[Any, ...]) -> list[str]:
    return list(getattr(_model_at(kind, where), "model_fields", ()))


def _model_at(kind: type[BaseModel], where: tuple[Any, ...]) -> Any:
    """The model of the part of an entry at a key; None if it is no model."""
    model: Any = kind
    for part in where:
        if isinstance(part, int) or not hasattr(model, "model_fields") or part not in model.model_fields:
            continue
        model = _inner_model(model.model_fields[part].annotation)
    return model


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        if (found := _inner_model(inner)) is not None:
            return found
    return None
