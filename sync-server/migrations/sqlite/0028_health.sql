-- How a phone does: how far its clock is off, and on which days it exchanged (day_ms: the first millisecond of the day).
ALTER TABLE device ADD COLUMN skew_ms INTEGER;
CREATE TABLE device_day(
  device    INTEGER NOT NULL,
  day_ms    INTEGER NOT NULL,
  exchanges INTEGER NOT NULL,
  PRIMARY KEY(device, day_ms)
) WITHOUT ROWID;
