CREATE TABLE x (id integer, doc xml, t text, v varchar(5), i integer, d date, b boolean, by bytea, docs xml[], iv interval);
