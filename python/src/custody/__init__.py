"""Ingest gates of Custody for pandas and for functions."""

from ._gate import GateInputError, GateRefused, GateUnavailable, gate
from ._guard import guard

__all__ = ["GateInputError", "GateRefused", "GateUnavailable", "gate", "guard"]
