-- Types that initdb makes: their OIDs are other ones on each machine.
CREATE TYPE flag AS (name information_schema.sql_identifier, is_set information_schema.yes_or_no);

CREATE TABLE thing (
    id   int PRIMARY KEY,
    size information_schema.cardinal_number NOT NULL,
    tags information_schema.sql_identifier[] NOT NULL,
    flag flag
);
