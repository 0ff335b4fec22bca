CREATE TABLE items (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL,
    price bigint
);
COMMENT ON TABLE items IS 'What is sold.';
COMMENT ON COLUMN items.price IS 'In cents; absent while it is not set.';
