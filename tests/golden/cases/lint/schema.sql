CREATE TABLE orders (id bigint PRIMARY KEY, symbol text NOT NULL, amount integer);
CREATE TABLE fills (id bigint PRIMARY KEY, order_id bigint, code varchar(10));
CREATE INDEX fills_code ON fills (code);
CREATE UNIQUE INDEX fills_lower ON fills (lower(code));
CREATE TABLE tags (name text, weight numeric PRIMARY KEY, order_id bigint, UNIQUE (name, order_id));
CREATE UNIQUE INDEX tags_live ON tags (name) WHERE weight > 0;
CREATE DOMAIN required_text AS text NOT NULL;
CREATE TABLE parcels (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref    text NOT NULL UNIQUE,
    weight integer NOT NULL,
    owner  required_text,
    note   text,
    gone   boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX parcels_owner ON parcels (owner) WHERE gone IS FALSE;
CREATE TABLE filled (id bigint PRIMARY KEY, made_by text NOT NULL);
CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER fill BEFORE INSERT OR UPDATE ON filled FOR EACH ROW EXECUTE FUNCTION fill();
