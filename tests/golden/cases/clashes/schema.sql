CREATE TYPE side AS ENUM ('a b', 'a_b');
CREATE TABLE orders (id bigint PRIMARY KEY, side side, "a b" integer NOT NULL, a_b integer NOT NULL);
