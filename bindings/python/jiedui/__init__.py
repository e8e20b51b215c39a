"""Pairs volunteers with needs, proves the pairing, keeps the books.

network = jd.Network.from_frames(volunteers=…, needs=…)
market = jd.Market(network)
plan = jd.solve(market)
assert jd.verify(plan, market)
"""

from __future__ import annotations

from . import errors as errors
from ._core import *  # noqa: F403
from ._core import __version__ as __version__
from .errors import Error as Error
from .errors import InputError as InputError
from .errors import InternalError as InternalError
from .progress import SolveProgress as SolveProgress
