"""Random DDL: scripts of one statement a line, most of them plausible, many of them refused.

The names come from small pools, so that statements meet: what one makes, others use, change, rename,
move and drop. Nothing here knows what a server would say; a loose model of what may be there makes
most references hit.
"""

import random

SCHEMAS = ["public", "s1", "s2"]
TYPES = ["int", "bigint", "smallint", "text", "varchar(20)", "numeric(10,2)", "boolean", "date",
         "timestamptz", "uuid", "jsonb", "int[]", "text[]", "float8", "char(3)", "bytea", "interval",
         "name", "int4range"]
LITERALS = {"int": "1", "bigint": "2", "smallint": "3", "text": "'a'", "varchar(20)": "'b'",
            "numeric(10,2)": "1.5", "boolean": "true", "date": "'2026-01-02'",
            "timestamptz": "now()", "uuid": "gen_random_uuid()", "jsonb": "'{}'", "int[]": "'{1}'",
            "text[]": "ARRAY['x']", "float8": "0.5", "char(3)": "'abc'", "bytea": "'\\x00'",
            "interval": "'1 day'", "name": "'n'", "int4range": "'[1,2)'"}
NUMERIC = {"int", "bigint", "smallint", "numeric(10,2)", "float8"}
TEXTUAL = {"text", "varchar(20)", "char(3)", "name"}


class Table:
    """What is believed of a table, view or composite type."""

    def __init__(self, name, columns, kind="r"):
        self.name, self.columns, self.kind = name, columns, kind
        self.constraints, self.partition = [], None


class Script:
    """Makes statements one after the other."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.tables, self.views, self.functions = [], [], []
        self.domains, self.enums, self.composites, self.sequences, self.indexes = [], [], [], [], []
        self.rules = []

    # --- Choices ---

    def chance(self, percent):
        return self.rng.randrange(100) < percent

    def pick(self, items):
        return self.rng.choice(items)

    def name(self, stem, most=5):
        return f"{stem}{self.rng.randrange(1, most + 1)}"

    def qualified(self, stem, most=5):
        """A name for something new."""
        name = self.name(stem, most)
        return f"{self.pick(SCHEMAS)}.{name}" if self.chance(40) else name

    def type(self):
        own = self.domains + self.enums + [t.name for t in self.composites]
        if own and self.chance(20):
            return self.pick(own)
        return self.pick(TYPES)

    def relation(self):
        relations = self.tables + self.views
        if not relations or self.chance(3):
            return Table(self.name("t", 9), [("a", "int")])
        return self.pick(relations)

    def table(self):
        if not self.tables or self.chance(3):
            return Table(self.name("t", 9), [("a", "int")])
        return self.pick(self.tables)

    def column(self, table):
        if not table.columns or self.chance(4):
            return (self.name("c", 9), "int")
        return self.pick(table.columns)

    # --- Expressions ---

    def literal(self, type_name):
        if self.chance(6):
            return "NULL"
        if self.chance(4):
            return "'zz'"
        return LITERALS.get(type_name, "NULL")

    def scalar(self, columns, prefix=""):
        """An expression over the columns."""
        name, type_name = self.pick(columns) if columns else ("c1", "int")
        reference = f"{prefix}{name}"
        choice = self.rng.randrange(12)
        if choice < 4:
            return reference
        if choice == 4 and self.functions:
            return f"{self.pick(self.functions)[0]}({reference})"
        if choice == 5:
            return f"coalesce({reference}, {self.literal(type_name)})"
        if choice == 6 and type_name in NUMERIC:
            return f"({reference} + 1)"
        if choice == 7 and type_name in TEXTUAL:
            return f"lower({reference})"
        if choice == 8:
            return f"({reference})::text"
        if choice == 9 and type_name in TEXTUAL:
            return f"({reference} || '!')"
        if choice == 10:
            return f"CASE WHEN {self.condition(columns, prefix)} THEN {reference} END"
        if choice == 11 and self.sequences and self.chance(20):
            return f"nextval('{self.pick(self.sequences)}')"
        return reference

    def condition(self, columns, prefix="", depth=0):
        name, type_name = self.pick(columns) if columns else ("c1", "int")
        reference = f"{prefix}{name}"
        choice = self.rng.randrange(9)
        if choice == 0:
            return f"{reference} IS NOT NULL"
        if choice == 1 and depth < 2:
            return (f"({self.condition(columns, prefix, depth + 1)} "
                    f"{self.pick(['AND', 'OR'])} {self.condition(columns, prefix, depth + 1)})")
        if choice == 2 and self.functions:
            return f"{self.pick(self.functions)[0]}({reference}) = {reference}"
        if choice == 3 and type_name in NUMERIC:
            return f"{reference} > 0"
        if choice == 4 and type_name in TEXTUAL:
            return f"{reference} LIKE 'a%'"
        if choice == 5:
            return f"{reference} IN ({self.literal(type_name)}, {self.literal(type_name)})"
        if choice == 6 and depth < 2:
            return f"NOT {self.condition(columns, prefix, depth + 1)}"
        return f"{reference} = {self.literal(type_name)}"

    # --- Tables ---

    def column_definition(self, name, columns):
        type_name = self.type()
        parts = [name, type_name]
        if self.chance(25):
            parts.append("NOT NULL")
        choice = self.rng.randrange(20)
        if choice < 4:
            parts.append(f"DEFAULT {self.literal(type_name)}")
        elif choice == 4 and self.sequences:
            parts.append(f"DEFAULT nextval('{self.pick(self.sequences)}')")
        elif choice == 5 and columns:
            parts.append(f"GENERATED ALWAYS AS ({self.scalar(columns)}) STORED")
        elif choice == 6:
            parts.append(f"GENERATED {self.pick(['ALWAYS', 'BY DEFAULT'])} AS IDENTITY")
        elif choice == 7:
            parts.append(f"CHECK ({self.condition([(name, type_name)])})")
        elif choice == 8:
            parts.append(self.pick(["PRIMARY KEY", "UNIQUE"]))
        elif choice == 9 and self.tables:
            target = self.table()
            parts.append(f"REFERENCES {target.name}"
                         + (f" ({self.column(target)[0]})" if self.chance(50) else ""))
        columns.append((name, type_name))
        return " ".join(parts)

    def table_constraint(self, table):
        name = f"CONSTRAINT {self.name('k', 6)} " if self.chance(50) else ""
        columns = table.columns or [("c1", "int")]
        choice = self.rng.randrange(6)
        few = ", ".join(c for c, _ in self.rng.sample(columns, min(len(columns), self.pick([1, 2]))))
        if choice == 0:
            return f"{name}PRIMARY KEY ({few})"
        if choice == 1:
            return f"{name}UNIQUE ({few})"
        if choice == 2 and self.tables:
            target = self.table()
            return (f"{name}FOREIGN KEY ({self.pick(columns)[0]}) REFERENCES {target.name}"
                    + (f" ({self.column(target)[0]})" if self.chance(60) else ""))
        not_valid = " NOT VALID" if self.chance(10) else ""
        return f"{name}CHECK ({self.condition(columns)}){not_valid}"

    def create_table(self):
        table = Table(self.qualified("t", 6), [])
        items = [self.column_definition(f"c{i + 1}", table.columns)
                 for i in range(self.rng.randrange(1, 6))]
        if self.chance(40):
            items.append(self.table_constraint(table).replace(" NOT VALID", ""))
        if self.chance(8) and self.tables:
            like = self.table()
            items.append(f"LIKE {like.name} {self.pick(['', 'INCLUDING ALL', 'INCLUDING DEFAULTS'])}")
        tail = ""
        choice = self.rng.randrange(12)
        if choice == 0 and self.tables:
            tail = f" INHERITS ({self.table().name})"
        elif choice == 1:
            key = self.pick(table.columns)
            table.partition = (self.pick(["LIST", "RANGE", "HASH"]), key)
            tail = f" PARTITION BY {table.partition[0]} ({key[0]})"
        self.tables.append(table)
        return f"CREATE TABLE {table.name} ({', '.join(items)}){tail}"

    def bound(self, parent):
        strategy, (_, type_name) = parent.partition or ("LIST", ("c1", "int"))
        number = self.rng.randrange(6)
        if self.chance(8):
            return "DEFAULT"
        if strategy == "HASH":
            return f"FOR VALUES WITH (MODULUS {self.pick([2, 3, 4])}, REMAINDER {number % 4})"
        value = {"boolean": "true", "date": f"'2026-01-0{number + 1}'"}.get(type_name)
        value = value or (str(number) if type_name in NUMERIC else f"'{number}'")
        if strategy == "LIST":
            return f"FOR VALUES IN ({value})"
        other = str(self.rng.randrange(9)) if type_name in NUMERIC else f"'{self.rng.randrange(9)}'"
        low = "MINVALUE" if self.chance(8) else value
        return f"FOR VALUES FROM ({low}) TO ({'MAXVALUE' if self.chance(8) else other})"

    def create_partition(self):
        parents = [t for t in self.tables if t.partition]
        if not parents:
            return self.create_table()
        parent = self.pick(parents)
        table = Table(self.qualified("t", 9), list(parent.columns))
        self.tables.append(table)
        return f"CREATE TABLE {table.name} PARTITION OF {parent.name} {self.bound(parent)}"

    def alter_table(self):
        table = self.table()
        name, _ = self.column(table)
        alter = f"ALTER TABLE {table.name} "
        choice = self.rng.randrange(20)
        if choice < 3:
            new = self.name("c", 8)
            return alter + "ADD COLUMN " + self.column_definition(new, table.columns)
        if choice < 6:
            return alter + f"DROP COLUMN {name}{self.pick(['', '', ' CASCADE'])}"
        if choice < 8:
            type_name = self.type()
            using = f" USING {name}::text::{type_name}" if self.chance(30) else ""
            return alter + f"ALTER COLUMN {name} TYPE {type_name}{using}"
        if choice == 8:
            return alter + f"ALTER COLUMN {name} {self.pick(['SET', 'DROP'])} NOT NULL"
        if choice == 9:
            return alter + f"ALTER COLUMN {name} SET DEFAULT {self.literal(self.type())}"
        if choice == 10:
            return alter + f"ALTER COLUMN {name} DROP {self.pick(['DEFAULT', 'IDENTITY', 'EXPRESSION'])}"
        if choice < 13:
            return alter + "ADD " + self.table_constraint(table)
        if choice == 13:
            made = [f"{table.name.split('.')[-1]}_pkey", f"{table.name.split('.')[-1]}_{name}_check",
                    f"{table.name.split('.')[-1]}_{name}_key", self.name("k", 6)]
            return alter + f"DROP CONSTRAINT {self.pick(made)}{self.pick(['', ' CASCADE'])}"
        if choice == 14:
            return alter + f"RENAME COLUMN {name} TO {self.name('c', 9)}"
        if choice == 15:
            new = self.name("t", 9)
            old, table.name = table.name, (table.name.rsplit(".", 1)[0] + "." + new
                                           if "." in table.name else new)
            return f"ALTER TABLE {old} RENAME TO {new}"
        if choice == 16:
            schema = self.pick(SCHEMAS)
            old, table.name = table.name, f"{schema}.{table.name.split('.')[-1]}"
            return f"ALTER TABLE {old} SET SCHEMA {schema}"
        if choice == 17:
            return alter + f"{self.pick(['INHERIT', 'NO INHERIT'])} {self.table().name}"
        if choice == 18:
            child = self.table()
            return alter + f"ATTACH PARTITION {child.name} {self.bound(table)}"
        return alter + f"DETACH PARTITION {self.table().name}"

    # --- Views ---

    def select(self):
        """A query and the names of its columns."""
        first = self.relation()
        columns = first.columns or [("c1", "int")]
        choice = self.rng.randrange(8)
        if choice == 0:
            return f"SELECT * FROM {first.name}", list(columns)
        if choice == 1:
            key = self.pick(columns)
            return (f"SELECT {key[0]}, count(*) AS n, max({self.pick(columns)[0]}::text) AS m "
                    f"FROM {first.name} GROUP BY {key[0]}", [key, ("n", "bigint"), ("m", "text")])
        if choice == 2:
            key = self.pick(columns)
            names = ", ".join(c for c, _ in columns)
            return f"SELECT {names} FROM {first.name} GROUP BY {key[0]}", list(columns)
        if choice == 3:
            second = self.relation()
            other = second.columns or [("c1", "int")]
            join = self.pick(["JOIN", "LEFT JOIN", "FULL JOIN"])
            return (f"SELECT a.{self.pick(columns)[0]} AS x, b.{self.pick(other)[0]} AS y FROM "
                    f"{first.name} a {join} {second.name} b ON {self.condition(columns, 'a.')}",
                    [("x", "int"), ("y", "int")])
        if choice == 4:
            return (f"SELECT {self.scalar(columns)} AS x FROM {first.name} UNION ALL "
                    f"SELECT {self.scalar(columns)} FROM {first.name}", [("x", "text")])
        if choice == 5:
            second = self.relation()
            return (f"SELECT {self.pick(columns)[0]} FROM {first.name} WHERE EXISTS (SELECT 1 FROM "
                    f"{second.name} WHERE {self.condition(second.columns or [('c1', 'int')])})",
                    [columns[0]])
        items = [f"{self.scalar(columns)} AS {n}" for n in "xyz"[:self.rng.randrange(1, 4)]]
        where = f" WHERE {self.condition(columns)}" if self.chance(50) else ""
        return (f"SELECT {', '.join(items)} FROM {first.name}{where}",
                [(n, "text") for n in "xyz"[:len(items)]])

    def create_view(self):
        query, columns = self.select()
        kind = self.pick(["VIEW"] * 5 + ["MATERIALIZED VIEW"])
        replaced = [v for v in self.views if v.kind == "VIEW"]
        if kind == "VIEW" and replaced and self.chance(25):
            view = self.pick(replaced)
            if self.chance(70) and view.columns:
                names = ", ".join(f"NULL::{t} AS {n}" for n, t in view.columns)
                query = f"SELECT {names}" + (", 1 AS more" if self.chance(50) else "")
            return f"CREATE OR REPLACE VIEW {view.name} AS {query}"
        view = Table(self.qualified("v", 6), columns, kind)
        self.views.append(view)
        # what only planning or running a query shows is no matter of DDL
        tail = " WITH NO DATA" if kind == "MATERIALIZED VIEW" else ""
        return f"CREATE {kind} {view.name} AS {query}{tail}"

    # --- Functions, types and the rest ---

    def create_function(self):
        name = self.qualified("f", 4)
        argument = self.pick(["int", "text", "bigint", "anyelement", self.type()])
        result = argument if self.chance(60) else self.type()
        body = "$1" if result == argument else f"NULL::{result}"
        if result == "anyelement" and argument != "anyelement":
            result = argument
        volatility = self.pick(["IMMUTABLE", "IMMUTABLE", "STABLE", ""])
        replace = self.pick(["", "", "OR REPLACE "])
        self.functions.append((name, argument))
        head = f"CREATE {replace}FUNCTION {name}({argument}) RETURNS {result} LANGUAGE sql {volatility}"
        if self.chance(25) and self.tables and argument != "anyelement" and result != "anyelement":
            table = self.table()
            return (f"{head} BEGIN ATOMIC SELECT {body} FROM {table.name} "
                    f"WHERE {self.condition(table.columns or [('c1', 'int')])}; END")
        return f"{head} AS 'SELECT {body}'"

    def create_type(self):
        choice = self.rng.randrange(3)
        if choice == 0:
            name = self.qualified("d", 3)
            base = self.type()
            self.domains.append(name)
            check = f" CHECK ({self.condition([('VALUE', base)])})" if self.chance(60) else ""
            null = self.pick(["", " NOT NULL"])
            return f"CREATE DOMAIN {name} AS {base}{null}{check}"
        if choice == 1:
            name = self.qualified("e", 3)
            self.enums.append(name)
            return f"CREATE TYPE {name} AS ENUM ('a', 'b', 'c')"
        composite = Table(self.qualified("r", 3), [("p", self.type()), ("q", self.type())], "c")
        self.composites.append(composite)
        inside = ", ".join(f"{n} {t}" for n, t in composite.columns)
        return f"CREATE TYPE {composite.name} AS ({inside})"

    def alter_type(self):
        choice = self.rng.randrange(6)
        if choice == 0 and self.enums:
            return f"ALTER TYPE {self.pick(self.enums)} ADD VALUE '{self.pick('abcd')}'"
        if choice == 1 and self.enums:
            return f"ALTER TYPE {self.pick(self.enums)} RENAME VALUE 'a' TO '{self.pick('bz')}'"
        if choice == 2 and self.composites:
            return f"ALTER TYPE {self.pick(self.composites).name} ADD ATTRIBUTE s {self.type()}"
        if choice == 3 and self.composites:
            return (f"ALTER TYPE {self.pick(self.composites).name} DROP ATTRIBUTE {self.pick('pqs')}"
                    f"{self.pick(['', ' CASCADE'])}")
        if choice == 4 and self.domains:
            domain = self.pick(self.domains)
            return f"ALTER DOMAIN {domain} {self.pick(['SET NOT NULL', 'DROP NOT NULL', 'DROP DEFAULT'])}"
        if self.domains:
            return f"ALTER DOMAIN {self.pick(self.domains)} ADD CHECK ({self.condition([('VALUE', 'int')])})"
        return self.create_type()

    def create_index(self):
        table = self.table()
        columns = table.columns or [("c1", "int")]
        items = [c for c, _ in self.rng.sample(columns, min(len(columns), self.pick([1, 1, 2])))]
        if self.chance(35):
            items.append(f"({self.scalar(columns)})")
        unique = self.pick(["", "", "UNIQUE "])
        name = self.name("i", 9) + " " if self.chance(50) else ""
        where = f" WHERE {self.condition(columns)}" if self.chance(30) else ""
        if name:
            self.indexes.append(name.strip())
        using = self.pick([""] * 6 + [" USING hash", " USING gin", " USING gist", " USING brin"])
        return f"CREATE {unique}INDEX {name}ON {table.name}{using} ({', '.join(items)}){where}"

    def create_sequence(self):
        name = self.qualified("q", 3)
        self.sequences.append(name)
        owner = ""
        if self.chance(30) and self.tables:
            table = self.table()
            owner = f" OWNED BY {table.name}.{self.column(table)[0]}"
        return f"CREATE SEQUENCE {name}{owner}"

    def create_attached(self):
        """What hangs on a table: rules, policies, triggers, statistics."""
        table = self.table()
        columns = table.columns or [("c1", "int")]
        choice = self.rng.randrange(4)
        name = self.name("x", 4)
        if choice == 0:
            action = self.pick(["NOTHING", f"DELETE FROM {self.table().name}"])
            where = f" WHERE {self.condition(columns, 'OLD.')}" if self.chance(30) else ""
            return f"CREATE RULE {name} AS ON UPDATE TO {table.name}{where} DO ALSO {action}"
        if choice == 1:
            return f"CREATE POLICY {name} ON {table.name} USING ({self.condition(columns)})"
        if choice == 2:
            return (f"CREATE TRIGGER {name} BEFORE UPDATE ON {table.name} FOR EACH ROW WHEN "
                    f"({self.condition(columns, 'NEW.')}) "
                    "EXECUTE FUNCTION suppress_redundant_updates_trigger()")
        some = ", ".join(c for c, _ in columns[:2])
        return f"CREATE STATISTICS {name} ON {some} FROM {table.name}"

    def rename(self):
        choice = self.rng.randrange(7)
        if choice == 0 and self.views:
            view = self.pick(self.views)
            new = self.name("v", 6)
            old, view.name = view.name, new
            return f"ALTER VIEW {old} RENAME TO {new}"
        if choice == 1 and self.functions:
            name, argument = self.pick(self.functions)
            return f"ALTER FUNCTION {name}({argument}) RENAME TO {self.name('f', 4)}"
        if choice == 2 and self.functions:
            name, argument = self.pick(self.functions)
            return f"ALTER FUNCTION {name}({argument}) SET SCHEMA {self.pick(SCHEMAS)}"
        if choice == 3 and self.sequences:
            return f"ALTER SEQUENCE {self.pick(self.sequences)} RENAME TO {self.name('q', 3)}"
        if choice == 4 and self.views:
            view = self.pick(self.views)
            return f"ALTER VIEW {view.name} SET SCHEMA {self.pick(SCHEMAS)}"
        if choice == 5 and self.enums + self.domains:
            return f"ALTER TYPE {self.pick(self.enums + self.domains)} RENAME TO {self.name('e', 3)}"
        if self.indexes:
            return f"ALTER INDEX {self.pick(self.indexes)} RENAME TO {self.name('i', 9)}"
        return self.alter_table()

    def drop(self):
        tail = self.pick(["", "", "", " CASCADE"])
        choice = self.rng.randrange(11)
        if choice < 3 and self.tables:
            return f"DROP TABLE {self.pick(self.tables).name}{tail}"
        if choice < 5 and self.views:
            view = self.pick(self.views)
            return f"DROP {view.kind} {view.name}{tail}"
        if choice < 7 and self.functions:
            name, argument = self.pick(self.functions)
            return f"DROP FUNCTION {name}({argument}){tail}"
        if choice == 7 and self.enums + self.domains + self.composites:
            kinds = ([("TYPE", n) for n in self.enums] + [("DOMAIN", n) for n in self.domains]
                     + [("TYPE", t.name) for t in self.composites])
            kind, name = self.pick(kinds)
            return f"DROP {kind} {name}{tail}"
        if choice == 8 and self.sequences:
            return f"DROP SEQUENCE {self.pick(self.sequences)}{tail}"
        if choice == 9 and self.indexes:
            return f"DROP INDEX {self.pick(self.indexes)}{tail}"
        if choice == 10 and self.chance(15):
            return f"DROP SCHEMA s2{tail}"
        table = self.table()
        return f"DROP {self.pick(['RULE', 'POLICY', 'TRIGGER'])} {self.name('x', 4)} ON {table.name}"

    def statement(self):
        makers = [(self.create_table, 14), (self.create_partition, 5), (self.alter_table, 26),
                  (self.create_view, 13), (self.create_function, 8), (self.create_type, 5),
                  (self.alter_type, 4), (self.create_index, 7), (self.create_sequence, 2),
                  (self.create_attached, 5), (self.rename, 5), (self.drop, 13)]
        if self.chance(1):
            return f"SET search_path TO {self.pick(['public', 's1, public', 's2, s1', 'public, s1'])}"
        maker = self.rng.choices([m for m, _ in makers], [w for _, w in makers])[0]
        return maker()

    def lines(self, n):
        """n statements, each a line."""
        start = ["CREATE SCHEMA s1", "CREATE SCHEMA s2", "CREATE TABLE t1 (c1 int PRIMARY KEY, c2 text)"]
        self.tables.append(Table("t1", [("c1", "int"), ("c2", "text")]))
        return [line + ";" for line in start + [self.statement() for _ in range(n - len(start))]]
