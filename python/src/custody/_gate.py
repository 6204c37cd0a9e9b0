"""A pandas frame through the gate."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from ._door import Door, GateInputError, GateRefused, GateUnavailable

if TYPE_CHECKING:
    import pandas

__all__ = ["GateInputError", "GateRefused", "GateUnavailable", "gate"]

# What the audit calls it when a row was not written.
LEFT_OUT = ("quarantine", "drop-row")


def gate(
    df: "pandas.DataFrame",
    rules,
    *,
    url: str | None = None,
    token: str | None = None,
    dataset: str | None = None,
    log: bool = True,
    timeout: float = 300.0,
) -> "pandas.DataFrame":
    """The rows of ``df`` that may be stored, with what the rules replace replaced.

    ``rules``: name of published rules, or the path of a file of rules (.yaml). Values that no rule touches keep their
    type; a column in which something was replaced becomes one of objects. Raises GateRefused, GateInputError,
    GateUnavailable; then nothing was let in.
    """
    names = [str(name) for name in df.columns]
    if len(set(names)) != len(names):
        raise GateInputError("two columns have the same name")
    text = df.to_csv(index=False)
    passed = Door.to(rules, url=url, token=token, dataset=dataset, log=log, timeout=timeout).ingest(text.encode(), "csv")
    header, *rows = _rows(passed.data.decode())
    _, *sent = _rows(text)
    kept = [i for i in range(len(df)) if i + 1 not in _left_out(passed.audit)]
    if len(kept) != len(rows):
        raise GateUnavailable(f"{len(rows)} rows came back and the audit tells of {len(kept)}: nothing is given out")
    out = df.iloc[kept, [names.index(name) for name in header]].copy()
    for j, name in enumerate(header):
        at = names.index(name)
        changed = [k for k, row in enumerate(rows) if row[j] != sent[kept[k]][at]]
        if not changed:
            continue
        column = out.iloc[:, j].astype(object)
        for k in changed:
            column.iloc[k] = rows[k][j] if rows[k][j] != "" else None
        out[out.columns[j]] = column
    return out


def _rows(text: str) -> list[list[str]]:
    # A frame of one column writes an empty line for a null, which csv reads as no fields.
    return [row or [""] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]


def _left_out(audit: bytes) -> set[int]:
    lines = (json.loads(line) for line in audit.splitlines())
    return {line["row"] for line in lines if line.get("action") in LEFT_OUT}
