"""Fetches a calendar and says in JSON what the package icalendar finds in it."""

import json
import sys
import urllib.request
from datetime import timezone

import icalendar

calendar = icalendar.Calendar.from_ical(urllib.request.urlopen(sys.argv[1]).read())


def ms(moment):
    return int(moment.astimezone(timezone.utc).timestamp() * 1000)


def event(found):
    return {
        "uid": str(found["UID"]),
        "sequence": int(found["SEQUENCE"]),
        "status": str(found["STATUS"]),
        "start_ms": ms(found.decoded("DTSTART")),
        "end_ms": ms(found.decoded("DTEND")),
        "changed_ms": ms(found.decoded("LAST-MODIFIED")),
        "summary": str(found["SUMMARY"]),
        "location": str(found.get("LOCATION", "")),
    }


print(json.dumps({"method": str(calendar["METHOD"]), "events": [event(found) for found in calendar.walk("VEVENT")]}))
