-- The objects of the extension earthdistance; written by builtin/dump.sh.
CREATE EXTENSION IF NOT EXISTS cube;
CREATE DOMAIN earth AS cube CHECK (true);
CREATE FUNCTION earth() RETURNS double precision LANGUAGE c IMMUTABLE;
CREATE FUNCTION earth_box(earth, double precision) RETURNS cube LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION earth_distance(earth, earth) RETURNS double precision LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION gc_to_sec(double precision) RETURNS double precision LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION geo_distance(point, point) RETURNS double precision LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION latitude(earth) RETURNS double precision LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION ll_to_earth(double precision, double precision) RETURNS earth LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION longitude(earth) RETURNS double precision LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION sec_to_gc(double precision) RETURNS double precision LANGUAGE c IMMUTABLE STRICT;
CREATE OPERATOR <@> (LEFTARG = point, RIGHTARG = point, FUNCTION = geo_distance, COMMUTATOR = <@>);
