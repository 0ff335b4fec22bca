CREATE TABLE quotes (id bigint PRIMARY KEY, price bigint NOT NULL);
