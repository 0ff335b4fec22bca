CREATE DOMAIN yes AS boolean DEFAULT true;
CREATE TYPE size AS ENUM ('s', 'm', 'l');
CREATE TABLE v (a integer, b text, c size, d date DEFAULT now());
