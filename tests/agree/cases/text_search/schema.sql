CREATE TABLE docs (id integer, title text, body text, v tsvector, q tsquery, lang regconfig, w "char"[], n name, vc varchar(20), js jsonb, gen tsvector GENERATED ALWAYS AS (to_tsvector('english', title)) STORED);
CREATE TEXT SEARCH CONFIGURATION mine (COPY = english);
