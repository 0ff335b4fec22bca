CREATE TYPE mood AS ENUM ('sad', 'so so', 'happy');
CREATE TYPE span AS RANGE (SUBTYPE = float8);
CREATE TYPE words AS RANGE (SUBTYPE = text);
CREATE TYPE leaf AS (id bigint, span span, words words, note text, mood mood, tags text[]);
CREATE TYPE branch AS (name text, leaves leaf[], spans span[], at timestamptz);
CREATE TABLE tree (
    id integer NOT NULL,
    root leaf NOT NULL,
    branches branch[],
    notes text[] NOT NULL,
    numbers bigint[],
    title text,
    image bytea,
    extra jsonb,
    words words NOT NULL,
    moods mood[] NOT NULL,
    price numeric,
    at timestamptz NOT NULL
);
CREATE TABLE cell (id integer NOT NULL, x bigint NOT NULL, y point NOT NULL, z date);
