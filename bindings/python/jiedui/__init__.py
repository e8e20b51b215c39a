"""Pairs volunteers with needs, proves the pairing, keeps the books."""

from __future__ import annotations

from ._core import *  # noqa: F403
