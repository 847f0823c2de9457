"""The kill harness, short and seeded: nothing lost, doubles only in the one window, and a harness that would notice.

The long run is ``python -m tests.kill_harness --kills 300``; its report stands in docs/reliability.md.
"""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from kill_harness import STEPS, run

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="killing by handle needs Linux")


def quiet(_):
    pass


@pytest.mark.timeout(300)
def test_killed_at_every_named_step_and_at_random_moments_nothing_is_lost():
    report = run(kills=2 * len(STEPS) + 2, seed=20230703, say=quiet)
    assert set(report.steps) >= set(STEPS), "every named step was a place of death"
    assert report.steps["at a random moment"] > 0
    assert report.failed_jobs == 0
    assert report.lost == 0
    assert report.unexplained == 0
    assert report.messages > report.kills


def test_a_house_that_notes_before_it_sends_is_found_out():
    report = run(kills=8, seed=1, sabotage=True, say=quiet)
    assert report.lost > 0
