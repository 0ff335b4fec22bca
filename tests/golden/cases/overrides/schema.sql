CREATE TABLE prices (id bigint PRIMARY KEY, tags text[] NOT NULL, price bigint NOT NULL);
