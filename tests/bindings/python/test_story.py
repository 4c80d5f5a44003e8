"""The story, and how long a screen's lists take."""

import json
import os
import pathlib
import statistics
import time

import story

WORLD = json.loads(pathlib.Path(os.environ["MINQING_WORLD"]).read_text())


def test_the_story(tmp_path):
    steps = json.loads(pathlib.Path(WORLD["story"]).read_text())["steps"]
    played = story.Story(tmp_path, WORLD)
    played.play(steps)
    assert played.played == len(steps) >= 25
    # A list of as many rows as a long screen has.
    li = played.clients["li"]
    for door in range(500):
        address = story.ffi.Address(community=WORLD["community"], lane="静宁路", door=str(door + 1))
        li.record_household(story.ffi.NewHousehold(grid=WORLD["grid"], address=address))
    took = []
    for _ in range(20):
        begun = time.perf_counter()
        assert len(li.households(0, 500)) == 500
        took.append((time.perf_counter() - begun) * 1_000)
    print(f"\nmeasured: 500 doors in {statistics.median(took):.1f} ms, at most {max(took):.1f} ms")
    print(f"story: {played.played} steps played")
