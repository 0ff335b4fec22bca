-- A ledger: double entry in partitions, row security by branch, an audit trail.
CREATE SCHEMA ledger;
CREATE SCHEMA audit;
COMMENT ON SCHEMA ledger IS 'What is booked';

CREATE TYPE ledger.side AS ENUM ('debit', 'credit');
CREATE TYPE ledger.period AS RANGE (subtype = date);
CREATE SEQUENCE ledger.document_numbers AS integer START WITH 100000 MAXVALUE 999999 CYCLE;

CREATE TABLE ledger.branches (
    id integer PRIMARY KEY,
    bic varchar(11) NOT NULL UNIQUE,
    main_account bigint,
    region varchar(5) NOT NULL CHECK (region IN ('north', 'south', 'east', 'west'))
);
CREATE TABLE ledger.accounts (
    id bigint PRIMARY KEY,
    branch_id integer NOT NULL REFERENCES ledger.branches,
    iban varchar(34) NOT NULL,
    opened date NOT NULL DEFAULT CURRENT_DATE,
    closed date,
    currency char(3) NOT NULL DEFAULT 'EUR',
    limit_amount numeric(20, 2) DEFAULT 0.00,
    CONSTRAINT accounts_iban_key UNIQUE (iban) INCLUDE (branch_id),
    CONSTRAINT accounts_dates CHECK (closed IS NULL OR closed >= opened)
);
-- Each needs the other.
ALTER TABLE ledger.branches ADD CONSTRAINT branches_main_account
    FOREIGN KEY (main_account) REFERENCES ledger.accounts DEFERRABLE;
CREATE UNIQUE INDEX accounts_open_iban ON ledger.accounts (upper(iban)) WHERE closed IS NULL;

CREATE TABLE ledger.documents (
    id integer NOT NULL DEFAULT nextval('ledger.document_numbers'),
    booked date NOT NULL,
    kind varchar(12) NOT NULL DEFAULT 'transfer',
    text varchar(140),
    reverses integer,
    PRIMARY KEY (id),
    CHECK (kind IN ('transfer', 'fee', 'interest', 'correction')),
    CHECK (kind <> 'correction' OR reverses IS NOT NULL)
);
ALTER SEQUENCE ledger.document_numbers OWNED BY ledger.documents.id;

CREATE TABLE ledger.entries (
    document_id integer NOT NULL REFERENCES ledger.documents,
    line smallint NOT NULL,
    booked date NOT NULL,
    account_id bigint NOT NULL,
    side ledger.side NOT NULL,
    amount numeric(20, 2) NOT NULL CHECK (amount > 0),
    signed numeric(20, 2) GENERATED ALWAYS AS (
        CASE side WHEN 'debit'::ledger.side THEN amount ELSE - amount END) STORED,
    PRIMARY KEY (booked, document_id, line, side),
    FOREIGN KEY (account_id) REFERENCES ledger.accounts ON DELETE RESTRICT
) PARTITION BY RANGE (booked);
CREATE TABLE ledger.entries_2024 PARTITION OF ledger.entries
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE ledger.entries_2025 PARTITION OF ledger.entries
    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (side);
CREATE TABLE ledger.entries_2025_debit PARTITION OF ledger.entries_2025 FOR VALUES IN ('debit');
CREATE TABLE ledger.entries_2025_credit PARTITION OF ledger.entries_2025 FOR VALUES IN ('credit')
    WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE TABLE ledger.entries_rest PARTITION OF ledger.entries DEFAULT;
CREATE INDEX entries_account ON ledger.entries (account_id, booked);
CREATE INDEX entries_2024_amount ON ledger.entries_2024 (amount) WHERE amount > 10000;

CREATE TABLE ledger.rates (
    currency char(3) NOT NULL,
    valid ledger.period NOT NULL,
    rate double precision NOT NULL CHECK (rate > 0),
    EXCLUDE USING gist (valid WITH &&) WHERE (currency = 'USD')
);

-- By branch.
ALTER TABLE ledger.accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_branch ON ledger.accounts
    USING (branch_id = current_setting('bank.branch', true)::integer)
    WITH CHECK (currency::varchar IN ('EUR', 'CHF'));
CREATE POLICY north_reads ON ledger.accounts AS RESTRICTIVE FOR SELECT
    USING (EXISTS (SELECT 1 FROM ledger.branches b
                   WHERE b.id = branch_id AND b.region IN ('north', 'south')));
REVOKE ALL ON ledger.accounts FROM PUBLIC;
GRANT SELECT (id, iban) ON ledger.accounts TO PUBLIC;
GRANT USAGE ON SCHEMA ledger TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA audit GRANT SELECT ON TABLES TO PUBLIC;

-- Who changed what.
CREATE TABLE audit.changes (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    who name NOT NULL DEFAULT CURRENT_USER,
    relation regclass NOT NULL,
    old jsonb,
    new jsonb,
    client inet DEFAULT inet_client_addr(),
    took interval hour to second,
    flags bit varying(8) DEFAULT B'0'
) PARTITION BY HASH (id);
CREATE TABLE audit.changes_0 PARTITION OF audit.changes FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE audit.changes_1 PARTITION OF audit.changes FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE FUNCTION audit.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'audit', 'pg_temp' AS $body$
BEGIN
    INSERT INTO audit.changes (relation, old, new)
    VALUES (TG_RELID::regclass, to_jsonb(OLD), to_jsonb(NEW));
    RETURN NULL;
END;
$body$;
REVOKE EXECUTE ON FUNCTION audit.note() FROM PUBLIC;
CREATE TRIGGER accounts_audit AFTER INSERT OR DELETE OR UPDATE OF limit_amount, closed
    ON ledger.accounts FOR EACH ROW EXECUTE FUNCTION audit.note();
CREATE CONSTRAINT TRIGGER documents_audit AFTER INSERT ON ledger.documents
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.note();
ALTER TABLE ledger.documents DISABLE TRIGGER documents_audit;

CREATE FUNCTION ledger.balance(account bigint, day date DEFAULT CURRENT_DATE,
                               OUT debit numeric, OUT credit numeric)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT sum(e.amount) FILTER (WHERE e.side = 'debit'),
           sum(e.amount) FILTER (WHERE e.side = 'credit')
    FROM ledger.entries e
    WHERE e.account_id = balance.account AND e.booked <= balance.day;
END;
CREATE PROCEDURE ledger.close(IN account bigint, INOUT day date) LANGUAGE plpgsql
    AS 'BEGIN UPDATE ledger.accounts SET closed = day WHERE id = account; END';
CREATE VIEW ledger.statements AS
WITH RECURSIVE days (day) AS (
    SELECT min(booked) FROM ledger.entries
    UNION ALL
    SELECT day + 1 FROM days WHERE day < CURRENT_DATE
)
SELECT a.iban, d.day, sum(e.signed) OVER (PARTITION BY a.id ORDER BY d.day) AS balance
FROM days d
CROSS JOIN ledger.accounts a
LEFT JOIN LATERAL (SELECT * FROM ledger.entries x WHERE x.account_id = a.id AND x.booked = d.day) e
    ON true
ORDER BY a.iban, d.day;
