CREATE TABLE orders (id bigint PRIMARY KEY, symbol text NOT NULL);
\i other.sql
