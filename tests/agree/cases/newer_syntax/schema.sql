CREATE TABLE doc (id integer PRIMARY KEY, body jsonb, raw text, markup xml);
CREATE TABLE feed (id integer, raw text);
