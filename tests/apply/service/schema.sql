CREATE TABLE notes (id integer PRIMARY KEY, body text, length integer);
CREATE INDEX notes_body ON notes (body);
