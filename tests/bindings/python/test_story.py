"""The story, and how long a screen's lists take."""

import json
import os
import pathlib
import statistics
import threading
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
    print()
    measured("500 doors", [listed(li) for _ in range(20)])
    for name, what in (("li", "500 doors while 500 are sent"), ("zhao", "up to 500 doors while 500 come")):
        measured(what, while_syncing(played.clients[name], WORLD["office"]))
    assert len(played.clients["zhao"].households(0, 500)) == 500
    print(f"story: {played.played} steps played")


def listed(phone):
    """How many milliseconds a list of doors takes."""
    begun = time.perf_counter()
    phone.households(0, 500)
    return (time.perf_counter() - begun) * 1_000


def while_syncing(phone, office):
    """The same, again and again while the phone speaks to the office."""

    def sync():
        # The office may have received what it has not applied.
        phone.begin_contact()
        story.contact(phone, office)
        if phone.today("en").waiting:
            sync()

    syncing = threading.Thread(target=sync)
    syncing.start()
    took = []
    while syncing.is_alive():
        took.append(listed(phone))
    syncing.join()
    return took


def measured(what, took):
    print(f"measured: {what} in {statistics.median(took):.1f} ms, at most {max(took):.1f} ms of {len(took)}")
