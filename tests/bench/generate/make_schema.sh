#!/bin/sh
# Prints a schema like those of old, large applications: make_schema.sh TABLES (6.5 statements each).
set -eu
awk -v n="$1" 'BEGIN {
    print "CREATE TYPE state AS ENUM ('\''new'\'', '\''open'\'', '\''closed'\'');"
    for (i = 1; i <= n; i++) {
        printf "CREATE TABLE account_item_%d (\n", i
        printf "    id bigint GENERATED ALWAYS AS IDENTITY,\n    parent_id bigint,\n"
        printf "    name character varying(200) NOT NULL,\n    amount numeric(12,2) DEFAULT 0,\n"
        printf "    status state NOT NULL DEFAULT '\''new'\'',\n    payload jsonb,\n"
        printf "    created_at timestamp with time zone DEFAULT now() NOT NULL\n);\n"
        printf "ALTER TABLE ONLY account_item_%d ADD CONSTRAINT account_item_%d_pkey PRIMARY KEY (id);\n", i, i
        printf "ALTER TABLE ONLY account_item_%d ADD CONSTRAINT account_item_%d_name_key UNIQUE (parent_id, name);\n", i, i
        printf "CREATE INDEX account_item_%d_created_at ON account_item_%d USING btree (created_at);\n", i, i
        printf "COMMENT ON TABLE account_item_%d IS '\''items of account %d'\'';\n", i, i
        if (i > 1)
            printf "ALTER TABLE ONLY account_item_%d ADD CONSTRAINT account_item_%d_parent_fkey FOREIGN KEY (parent_id) REFERENCES account_item_%d(id);\n", i, i, i - 1
        if (i % 2 == 0)
            printf "CREATE VIEW open_item_%d AS SELECT id, name, amount FROM account_item_%d WHERE status = '\''open'\'';\n", i, i
    }
}'
