CREATE TYPE "int" AS ENUM ('*/ int pwned(void) { return 1; } /*', '??/', '\', '"', 'a
b', '');
CREATE TABLE "weird */ name" (
    "for" integer PRIMARY KEY,
    "a"" quote" text NOT NULL,
    "new
line" text,
    "??!" "int",
    "%s" text
);
COMMENT ON TABLE "weird */ name" IS '*/ int pwned(void) { return 1; } /* \ ??/
#include "x"';
COMMENT ON COLUMN "weird */ name"."for" IS 'ends in a backslash \';
