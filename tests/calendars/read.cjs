// Fetches a calendar and says in JSON what the package ical.js finds in it.
const { createRequire } = require("node:module");
const ICAL = createRequire(`${process.argv[3]}/`)("ical.js");

async function main() {
  const calendar = new ICAL.Component(ICAL.parse(await (await fetch(process.argv[2])).text()));
  // By the zone that the calendar brings, not by one that the reader knows.
  calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  const ms = (time) => time.toUnixTime() * 1000;
  const event = (component) => {
    const found = new ICAL.Event(component);
    return {
      uid: found.uid,
      sequence: found.sequence,
      status: component.getFirstPropertyValue("status"),
      start_ms: ms(found.startDate),
      end_ms: ms(found.endDate),
      changed_ms: ms(component.getFirstPropertyValue("last-modified")),
      summary: found.summary,
      location: found.location ?? "",
    };
  };
  const events = calendar.getAllSubcomponents("vevent").map(event);
  console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events }));
}

main();
