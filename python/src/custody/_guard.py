"""Arguments and results of a function through the gate."""

from __future__ import annotations

import functools
import inspect
import json
from typing import Any, Callable

from ._door import Door, GateRefused

ON = ("arguments", "result", "both")


def guard(rules, *, on: str = "arguments", url=None, token=None, dataset=None, log: bool = True, timeout: float = 60.0):
    """A decorator: what goes into a function (or comes out of it) has been through the gate.

    Looks at strings, and at strings in dicts, lists, tuples and pydantic models; anything else is handed on as it is.
    What the rules mask or make tokens is replaced. Raises GateRefused before the function runs (or instead of its
    result) where the gate would set it aside or refuse it.
    """
    if on not in ON:
        raise ValueError(f"on takes one of {', '.join(ON)}, not {on!r}")
    door = functools.partial(
        Door.to, rules, url=url, token=token, dataset=dataset, log=log, timeout=timeout
    )

    def decorate(function: Callable) -> Callable:
        signature = inspect.signature(function)

        def entering(args, kwargs):
            bound = signature.bind(*args, **kwargs)
            bound.arguments = _gated(door(), dict(bound.arguments))
            return bound

        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def wrapped(*args, **kwargs):
                if on == "result":
                    return _gated(door(), {"result": await function(*args, **kwargs)})["result"]
                bound = entering(args, kwargs)
                result = await function(*bound.args, **bound.kwargs)
                return result if on == "arguments" else _gated(door(), {"result": result})["result"]

        else:

            @functools.wraps(function)
            def wrapped(*args, **kwargs):
                if on == "result":
                    return _gated(door(), {"result": function(*args, **kwargs)})["result"]
                bound = entering(args, kwargs)
                result = function(*bound.args, **bound.kwargs)
                return result if on == "arguments" else _gated(door(), {"result": result})["result"]

        return wrapped

    return decorate


def _gated(door: Door, values: dict[str, Any]) -> dict[str, Any]:
    texts = {name: _texts(value) for name, value in values.items()}
    if not any(_holds_text(one) for one in texts.values()):
        return values
    passed = door.ingest((json.dumps(texts, ensure_ascii=False) + "\n").encode(), "jsonl")
    if not passed.data.strip():
        raise GateRefused("the gate would set this aside", {"verdict": "quarantined"})
    back = json.loads(passed.data)
    return {name: _restored(value, texts[name], back.get(name)) for name, value in values.items()}


def _texts(value: Any) -> Any:
    """The strings in a value, in its shape; None for what is none."""
    if isinstance(value, str):
        return value
    if _is_model(value):
        return _texts({name: getattr(value, name) for name in type(value).model_fields})
    if isinstance(value, dict):
        return {str(key): _texts(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_texts(item) for item in value]
    return None


def _holds_text(texts: Any) -> bool:
    if isinstance(texts, dict):
        return any(_holds_text(one) for one in texts.values())
    if isinstance(texts, list):
        return any(_holds_text(one) for one in texts)
    return isinstance(texts, str)


def _restored(value: Any, sent: Any, back: Any) -> Any:
    """The value again, with the strings that came back."""
    if sent == back:
        return value
    if isinstance(value, str):
        return back
    if _is_model(value):
        # Validated again: a masked value that its model does not take must not slip through.
        fields = {name: _restored(getattr(value, name), sent[name], (back or {}).get(name)) for name in type(value).model_fields}
        return type(value).model_validate(fields)
    if isinstance(value, dict):
        back = back or {}
        # A key may have been replaced as well: members come in the order in which they were sent.
        keys = list(back) if len(back) == len(value) else [str(key) for key in value]
        return {
            (key if str(key) == new else new): _restored(item, sent[str(key)], back.get(new))
            for (key, item), new in zip(value.items(), keys)
        }
    if isinstance(value, (list, tuple)):
        return type(value)(_restored(item, one, other) for item, one, other in zip(value, sent, back or [None] * len(sent)))
    return value


def _is_model(value: Any) -> bool:
    return hasattr(type(value), "model_fields") and hasattr(type(value), "model_validate")
