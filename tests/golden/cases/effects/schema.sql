CREATE EXTENSION "uuid-ossp";
CREATE EXTENSION dblink;

CREATE TABLE orders (id bigint PRIMARY KEY, symbol text NOT NULL, quantity bigint NOT NULL);

-- What is behind a view.
CREATE VIEW open_orders AS SELECT id, symbol FROM orders WHERE quantity > 0;
CREATE VIEW sampled_orders AS SELECT id FROM orders WHERE random() < 0.5;
CREATE VIEW of_sampled_orders AS SELECT id FROM sampled_orders;
CREATE VIEW locked_orders AS SELECT id FROM orders FOR UPDATE;
CREATE MATERIALIZED VIEW kept_orders AS SELECT id FROM orders WHERE random() < 0.5;

-- Functions whose bodies can be seen.
CREATE FUNCTION harmless() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM orders';
CREATE FUNCTION names_symbol() RETURNS text LANGUAGE sql
    AS $$ SELECT set_config('shop.symbol', 'ETH', false) $$;
CREATE FUNCTION names_symbol_below() RETURNS text LANGUAGE sql AS 'SELECT names_symbol()';
CREATE FUNCTION sets() RETURNS void LANGUAGE sql AS 'SET work_mem = ''1MB''';
CREATE FUNCTION sets_locally() RETURNS void LANGUAGE sql AS 'SET LOCAL work_mem = ''1MB''';
CREATE FUNCTION any_of(anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';

-- And those whose bodies cannot.
CREATE FUNCTION hidden(bigint) RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN $1; END';
CREATE FUNCTION hidden_stable(bigint) RETURNS bigint STABLE LANGUAGE plpgsql
    AS 'BEGIN RETURN $1; END';
CREATE FUNCTION hidden_sum(bigint, bigint) RETURNS bigint LANGUAGE plpgsql
    AS 'BEGIN RETURN $1 + $2; END';
CREATE AGGREGATE hidden_total(bigint) (sfunc = hidden_sum, stype = bigint);
CREATE OPERATOR ## (function = hidden_sum, leftarg = bigint, rightarg = bigint);

CREATE TYPE wrapped AS (id bigint);
CREATE FUNCTION unwrap(wrapped) RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN $1.id; END';
CREATE CAST (wrapped AS bigint) WITH FUNCTION unwrap(wrapped);
CREATE DOMAIN checked AS bigint CHECK (hidden(VALUE) > 0);
CREATE DOMAIN positive AS bigint CHECK (VALUE > 0);

CREATE PROCEDURE hidden_work() LANGUAGE plpgsql AS 'BEGIN COMMIT; END';
CREATE PROCEDURE seen_work() LANGUAGE sql AS 'DELETE FROM orders';

-- Row security: the conditions run with each query, if it is on.
CREATE TABLE guarded (id bigint);
CREATE POLICY only_some ON guarded USING (hidden(id) > 0);
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
CREATE TABLE watched (id bigint);
CREATE POLICY own ON watched USING (current_setting('shop.id')::bigint = id);
ALTER TABLE watched ENABLE ROW LEVEL SECURITY;
CREATE TABLE unguarded (id bigint);
CREATE POLICY only_some ON unguarded USING (hidden(id) > 0);
