-- A help desk: tickets, text search, inheritance, foreign data.
CREATE TYPE priority AS ENUM ('low', 'normal', 'high');
CREATE TYPE contact AS (name text, phone varchar(20));
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION tickets (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION tickets ADD MAPPING FOR asciiword, word WITH plain, english_stem;
CREATE COLLATION german (provider = icu, locale = 'de-DE');

CREATE TABLE item (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    created timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL,
    labels varchar(20)[] DEFAULT '{}'::varchar(20)[],
    CONSTRAINT item_created CHECK (created > '1990-01-01'::date)
);
CREATE TABLE ticket (
    title varchar(200) COLLATE german NOT NULL,
    body text,
    priority priority DEFAULT 'normal' NOT NULL,
    asked_by contact,
    due date,
    words tsvector,
    PRIMARY KEY (id),
    CHECK (title <> ''),
    CHECK (labels <@ ARRAY['bug', 'wish', 'question']::varchar[])
) INHERITS (item);
CREATE TABLE comment (
    ticket_id uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
    author varchar(40) NOT NULL,
    visible varchar(8) DEFAULT 'all' CHECK (visible IN ('all', 'staff') AND author NOT IN ('', 'root')),
    body text NOT NULL,
    UNIQUE NULLS NOT DISTINCT (ticket_id, author, created)
) INHERITS (item);
CREATE UNLOGGED TABLE seen (
    ticket_id uuid,
    who varchar(40),
    at timestamptz DEFAULT now(),
    PRIMARY KEY (who, ticket_id)
);
ALTER TABLE seen REPLICA IDENTITY FULL;
CREATE INDEX ticket_words ON ticket USING gin (words);
CREATE INDEX ticket_body ON ticket USING gin (to_tsvector('tickets'::regconfig, coalesce(body, '')));
CREATE INDEX ticket_hash ON ticket USING hash (title);
CREATE INDEX ticket_urgent ON ticket (due NULLS FIRST, (priority)) WHERE priority >= 'high';
CREATE TRIGGER ticket_words BEFORE INSERT OR UPDATE ON ticket FOR EACH ROW
    EXECUTE FUNCTION tsvector_update_trigger('words', 'public.tickets', 'title', 'body');

CREATE FUNCTION same_ticket(a ticket, b ticket) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS $$SELECT (a).id = (b).id$$;
CREATE OPERATOR === (LEFTARG = ticket, RIGHTARG = ticket, FUNCTION = same_ticket, COMMUTATOR = ===);
CREATE FUNCTION contact_text(contact) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$SELECT ($1).name || ' ' || ($1).phone$$;
CREATE CAST (contact AS text) WITH FUNCTION contact_text(contact) AS ASSIGNMENT;
CREATE FUNCTION open_tickets(VARIADIC wanted priority[])
    RETURNS TABLE (id uuid, title text, n_comments bigint) LANGUAGE sql STABLE ROWS 50 COST 200
    AS $$SELECT t.id, t.title, count(c.id) FROM ticket t LEFT JOIN comment c ON c.ticket_id = t.id
         WHERE t.priority = ANY (wanted) GROUP BY t.id, t.title$$;

CREATE VIEW board AS
SELECT t.id, t.title, (t.asked_by).name AS asked_by, t.priority,
       (SELECT count(*) FROM comment c WHERE c.ticket_id = t.id AND c.visible IN ('all', 'staff'))
           AS n_comments,
       CASE WHEN t.due < CURRENT_DATE THEN 'late' WHEN t.due IS NULL THEN 'some day' END AS state,
       array_agg(l.label ORDER BY l.label) AS labels
FROM ticket t
LEFT JOIN LATERAL unnest(t.labels) WITH ORDINALITY AS l (label, n) ON l.n < 5
GROUP BY t.id
UNION ALL
SELECT NULL, 'nothing', NULL, 'low', 0, 'never', '{}'
ORDER BY 4 DESC, 2;
CREATE RULE board_insert AS ON INSERT TO board
    DO INSTEAD INSERT INTO ticket (title, priority) VALUES (new.title, new.priority);
CREATE PUBLICATION tickets_out FOR TABLE ticket, ONLY item (id, created) WITH (publish = 'insert, update');

CREATE FOREIGN DATA WRAPPER mail NO HANDLER;
CREATE SERVER archive TYPE 'imap' VERSION '4' FOREIGN DATA WRAPPER mail OPTIONS (host 'mail', port '143');
CREATE USER MAPPING FOR PUBLIC SERVER archive OPTIONS (name 'desk');
CREATE FOREIGN TABLE mails (
    sent timestamptz OPTIONS (header 'Date') NOT NULL,
    subject varchar(998)
) SERVER archive OPTIONS (folder 'INBOX');
