-- Appointments for which somebody is to agree a time: requested, proposed, held, missed.
CREATE INDEX appointment_waiting ON appointment(stream) WHERE state IN (1, 2, 3, 10);
