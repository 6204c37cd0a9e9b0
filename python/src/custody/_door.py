"""The two ways to a gate: a server over HTTP, and the command on this machine."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path


class GateRefused(Exception):
    """The gate does not let the data in; ``report`` says why, without a value."""

    def __init__(self, message: str, report: dict):
        super().__init__(message)
        self.report = report


class GateInputError(Exception):
    """The gate cannot read the data."""


class GateUnavailable(Exception):
    """No server and no command, or they do not answer; nothing was let in."""


@dataclass(frozen=True)
class Passed:
    """What may be stored, and what the audit says of each row."""

    data: bytes
    audit: bytes


@dataclass(frozen=True)
class Door:
    rules: str
    url: str | None
    token: str | None
    dataset: str | None
    log: bool
    timeout: float

    @staticmethod
    def to(rules, *, url=None, token=None, dataset=None, log=True, timeout=300.0) -> "Door":
        text = os.fspath(rules)
        is_file = isinstance(rules, Path) or text.endswith((".yaml", ".yml"))
        found = None if is_file else (url or os.environ.get("CUSTODY_URL"))
        if not is_file and found is None:
            raise GateUnavailable(
                f"rules {text!r} are published on a server, and none is named: "
                "set CUSTODY_URL and CUSTODY_TOKEN, or give a path that ends in .yaml"
            )
        return Door(text, found, token or os.environ.get("CUSTODY_TOKEN"), dataset, log, timeout)

    def ingest(self, data: bytes, kind: str) -> Passed:
        """``kind``: csv or jsonl. Raises GateRefused, GateInputError, GateUnavailable."""
        return self._over_http(data, kind) if self.url is not None else self._by_command(data, kind)

    def _over_http(self, data: bytes, kind: str) -> Passed:
        query = {"rules": self.rules, "format": kind, **({"dataset": self.dataset} if self.dataset else {})}
        answer, headers = self._ask(f"/api/v1/ingest?{urllib.parse.urlencode(query)}", data)
        audit, _ = self._ask(f"/custody/v1/ingests/{headers['custody-ingest']}/audit", None)
        return Passed(answer, audit)

    def _ask(self, path: str, data: bytes | None):
        request = urllib.request.Request(
            self.url.rstrip("/") + path,
            data=data,
            method="GET" if data is None else "POST",
            headers={"authorization": f"Bearer {self.token or ''}", "content-type": "application/octet-stream"},
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                return response.read(), response.headers
        except urllib.error.HTTPError as error:
            body = _json(error.read())
            message = ": ".join(str(body[key]) for key in ("title", "detail") if body.get(key)) or str(error)
            if "report" in body:
                raise GateRefused(message, body["report"]) from None
            if body.get("type", "").endswith("/gate.input"):
                raise GateInputError(message) from None
            raise GateUnavailable(message) from None
        except OSError as error:
            raise GateUnavailable(f"cannot reach Custody at {self.url}: {error}") from None

    def _by_command(self, data: bytes, kind: str) -> Passed:
        command = shlex.split(os.environ.get("CUSTODY_COMMAND", "custody"))
        with tempfile.TemporaryDirectory(prefix="custody-") as folder:
            to, audit = Path(folder, f"out.{kind}"), Path(folder, "audit.jsonl")
            args = ["ingest", "-", "--as", kind, "--to", str(to), "--rules", self.rules, "--audit", str(audit), "--json"]
            try:
                run = subprocess.run(
                    [*command, *args, *([] if self.log else ["--no-log"])],
                    input=data,
                    capture_output=True,
                    timeout=self.timeout,
                    check=False,
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                raise GateUnavailable(f"cannot run {command[0]}: {error}") from None
            told = run.stderr.decode().strip()
            report = _json(run.stdout)
            if run.returncode in (0, 4) and to.exists():
                return Passed(to.read_bytes(), audit.read_bytes())
            if run.returncode == 5:
                raise GateInputError(told)
            if run.returncode in (1, 4) and report:
                raise GateRefused("the gate refuses this", report)
            if run.returncode == 1:
                raise GateRefused(told, {})
            raise GateUnavailable(told or f"{command[0]} ended with {run.returncode}")


def _json(data: bytes) -> dict:
    try:
        value = json.loads(data)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
