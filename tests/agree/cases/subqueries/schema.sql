CREATE TABLE e (id integer PRIMARY KEY, boss integer REFERENCES e (id), name text, pay numeric, team varchar(8), born date);
CREATE TABLE t (name varchar(8) PRIMARY KEY, budget numeric(10, 2), lead bigint, doc json);
CREATE TYPE rank AS ENUM ('low', 'high');
CREATE TABLE r (e_id smallint, level rank, score real);
