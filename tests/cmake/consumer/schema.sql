CREATE TABLE items (id bigint PRIMARY KEY, title text NOT NULL);
CREATE TABLE carts (id bigint PRIMARY KEY, item_id bigint NOT NULL REFERENCES items);
