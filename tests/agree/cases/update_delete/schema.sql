CREATE TYPE addr AS (street text, zip integer);
CREATE TYPE person AS (name text, home addr);
CREATE DOMAIN pct AS numeric(5, 2) CHECK (VALUE BETWEEN 0 AND 100);
CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE acc (
    id integer PRIMARY KEY,
    owner text NOT NULL,
    bal numeric(12, 2) DEFAULT 0,
    rate pct,
    st state,
    home addr,
    who person,
    tags text[],
    nums integer[],
    doc jsonb,
    at timestamptz,
    day date,
    vc varchar(5),
    twice numeric GENERATED ALWAYS AS (bal * 2) STORED
);
CREATE TABLE ent (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, acc_id integer NOT NULL REFERENCES acc (id), amount numeric, note text);
CREATE VIEW rich AS SELECT id, owner, bal FROM acc WHERE bal > 1000;
CREATE VIEW sums AS SELECT acc_id, sum(amount) AS total FROM ent GROUP BY acc_id;
CREATE VIEW computed AS SELECT id, bal + 1 AS more, bal FROM acc;
CREATE VIEW uniq AS SELECT DISTINCT owner FROM acc;
CREATE VIEW limited AS SELECT id FROM acc LIMIT 5;
CREATE VIEW nested AS SELECT id, bal FROM rich;
CREATE MATERIALIZED VIEW mv AS SELECT id FROM acc;
CREATE TABLE part (k integer, v text) PARTITION BY LIST (k);
CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1);
CREATE TABLE child (extra text) INHERITS (acc);
