-- Each type there and back, with what the server made of it, and the same where NULL is allowed.

-- name: EchoBool :one
SELECT @v::boolean AS value, @v::boolean::text AS text;

-- name: MaybeBool :one
SELECT sqlc.narg(v)::boolean AS value, coalesce(sqlc.narg(v)::boolean::text, 'NULL') AS text;

-- name: EchoChar :one
SELECT @v::"char" AS value, @v::"char"::text AS text;

-- name: MaybeChar :one
SELECT sqlc.narg(v)::"char" AS value, coalesce(sqlc.narg(v)::"char"::text, 'NULL') AS text;

-- name: EchoInt16 :one
SELECT @v::smallint AS value, @v::smallint::text AS text;

-- name: MaybeInt16 :one
SELECT sqlc.narg(v)::smallint AS value, coalesce(sqlc.narg(v)::smallint::text, 'NULL') AS text;

-- name: EchoInt32 :one
SELECT @v::integer AS value, @v::integer::text AS text;

-- name: MaybeInt32 :one
SELECT sqlc.narg(v)::integer AS value, coalesce(sqlc.narg(v)::integer::text, 'NULL') AS text;

-- name: EchoInt64 :one
SELECT @v::bigint AS value, @v::bigint::text AS text;

-- name: MaybeInt64 :one
SELECT sqlc.narg(v)::bigint AS value, coalesce(sqlc.narg(v)::bigint::text, 'NULL') AS text;

-- name: EchoOid :one
SELECT @v::oid AS value, @v::oid::text AS text;

-- name: MaybeOid :one
SELECT sqlc.narg(v)::oid AS value, coalesce(sqlc.narg(v)::oid::text, 'NULL') AS text;

-- name: EchoXid8 :one
SELECT @v::xid8 AS value, @v::xid8::text AS text;

-- name: MaybeXid8 :one
SELECT sqlc.narg(v)::xid8 AS value, coalesce(sqlc.narg(v)::xid8::text, 'NULL') AS text;

-- name: EchoLsn :one
SELECT @v::pg_lsn AS value, @v::pg_lsn::text AS text;

-- name: MaybeLsn :one
SELECT sqlc.narg(v)::pg_lsn AS value, coalesce(sqlc.narg(v)::pg_lsn::text, 'NULL') AS text;

-- name: EchoMoney :one
SELECT @v::money AS value, @v::money::text AS text;

-- name: MaybeMoney :one
SELECT sqlc.narg(v)::money AS value, coalesce(sqlc.narg(v)::money::text, 'NULL') AS text;

-- name: EchoFloat :one
SELECT @v::real AS value, @v::real::text AS text;

-- name: MaybeFloat :one
SELECT sqlc.narg(v)::real AS value, coalesce(sqlc.narg(v)::real::text, 'NULL') AS text;

-- name: EchoDouble :one
SELECT @v::double precision AS value, @v::double precision::text AS text;

-- name: MaybeDouble :one
SELECT sqlc.narg(v)::double precision AS value, coalesce(sqlc.narg(v)::double precision::text, 'NULL') AS text;

-- name: EchoUuid :one
SELECT @v::uuid AS value, @v::uuid::text AS text;

-- name: MaybeUuid :one
SELECT sqlc.narg(v)::uuid AS value, coalesce(sqlc.narg(v)::uuid::text, 'NULL') AS text;

-- name: EchoDate :one
SELECT @v::date AS value, @v::date::text AS text;

-- name: MaybeDate :one
SELECT sqlc.narg(v)::date AS value, coalesce(sqlc.narg(v)::date::text, 'NULL') AS text;

-- name: EchoTime :one
SELECT @v::time AS value, @v::time::text AS text;

-- name: MaybeTime :one
SELECT sqlc.narg(v)::time AS value, coalesce(sqlc.narg(v)::time::text, 'NULL') AS text;

-- name: EchoTimetz :one
SELECT @v::timetz AS value, @v::timetz::text AS text;

-- name: MaybeTimetz :one
SELECT sqlc.narg(v)::timetz AS value, coalesce(sqlc.narg(v)::timetz::text, 'NULL') AS text;

-- name: EchoTimestamp :one
SELECT @v::timestamp AS value, @v::timestamp::text AS text;

-- name: MaybeTimestamp :one
SELECT sqlc.narg(v)::timestamp AS value, coalesce(sqlc.narg(v)::timestamp::text, 'NULL') AS text;

-- name: EchoTimestamptz :one
SELECT @v::timestamptz AS value, @v::timestamptz::text AS text;

-- name: MaybeTimestamptz :one
SELECT sqlc.narg(v)::timestamptz AS value, coalesce(sqlc.narg(v)::timestamptz::text, 'NULL') AS text;

-- name: EchoInterval :one
SELECT @v::interval AS value, @v::interval::text AS text;

-- name: MaybeInterval :one
SELECT sqlc.narg(v)::interval AS value, coalesce(sqlc.narg(v)::interval::text, 'NULL') AS text;

-- name: EchoNumeric :one
SELECT @v::numeric AS value, @v::numeric::text AS text;

-- name: MaybeNumeric :one
SELECT sqlc.narg(v)::numeric AS value, coalesce(sqlc.narg(v)::numeric::text, 'NULL') AS text;

-- name: EchoInet :one
SELECT @v::inet AS value, @v::inet::text AS text;

-- name: MaybeInet :one
SELECT sqlc.narg(v)::inet AS value, coalesce(sqlc.narg(v)::inet::text, 'NULL') AS text;

-- name: EchoCidr :one
SELECT @v::cidr AS value, @v::cidr::text AS text;

-- name: MaybeCidr :one
SELECT sqlc.narg(v)::cidr AS value, coalesce(sqlc.narg(v)::cidr::text, 'NULL') AS text;

-- name: EchoMacaddr :one
SELECT @v::macaddr AS value, @v::macaddr::text AS text;

-- name: MaybeMacaddr :one
SELECT sqlc.narg(v)::macaddr AS value, coalesce(sqlc.narg(v)::macaddr::text, 'NULL') AS text;

-- name: EchoMacaddr8 :one
SELECT @v::macaddr8 AS value, @v::macaddr8::text AS text;

-- name: MaybeMacaddr8 :one
SELECT sqlc.narg(v)::macaddr8 AS value, coalesce(sqlc.narg(v)::macaddr8::text, 'NULL') AS text;

-- name: EchoBits :one
SELECT @v::varbit AS value, @v::varbit::text AS text;

-- name: MaybeBits :one
SELECT sqlc.narg(v)::varbit AS value, coalesce(sqlc.narg(v)::varbit::text, 'NULL') AS text;

-- name: EchoTid :one
SELECT @v::tid AS value, @v::tid::text AS text;

-- name: MaybeTid :one
SELECT sqlc.narg(v)::tid AS value, coalesce(sqlc.narg(v)::tid::text, 'NULL') AS text;

-- name: EchoPoint :one
SELECT @v::point AS value, @v::point::text AS text;

-- name: MaybePoint :one
SELECT sqlc.narg(v)::point AS value, coalesce(sqlc.narg(v)::point::text, 'NULL') AS text;

-- name: EchoLine :one
SELECT @v::line AS value, @v::line::text AS text;

-- name: MaybeLine :one
SELECT sqlc.narg(v)::line AS value, coalesce(sqlc.narg(v)::line::text, 'NULL') AS text;

-- name: EchoLseg :one
SELECT @v::lseg AS value, @v::lseg::text AS text;

-- name: MaybeLseg :one
SELECT sqlc.narg(v)::lseg AS value, coalesce(sqlc.narg(v)::lseg::text, 'NULL') AS text;

-- name: EchoBox :one
SELECT @v::box AS value, @v::box::text AS text;

-- name: MaybeBox :one
SELECT sqlc.narg(v)::box AS value, coalesce(sqlc.narg(v)::box::text, 'NULL') AS text;

-- name: EchoCircle :one
SELECT @v::circle AS value, @v::circle::text AS text;

-- name: MaybeCircle :one
SELECT sqlc.narg(v)::circle AS value, coalesce(sqlc.narg(v)::circle::text, 'NULL') AS text;

-- name: EchoPath :one
SELECT @v::path AS value, @v::path::text AS text;

-- name: MaybePath :one
SELECT sqlc.narg(v)::path AS value, coalesce(sqlc.narg(v)::path::text, 'NULL') AS text;

-- name: EchoPolygon :one
SELECT @v::polygon AS value, @v::polygon::text AS text;

-- name: MaybePolygon :one
SELECT sqlc.narg(v)::polygon AS value, coalesce(sqlc.narg(v)::polygon::text, 'NULL') AS text;

-- name: EchoText :one
SELECT @v::text AS value, @v::text::text AS text;

-- name: MaybeText :one
SELECT sqlc.narg(v)::text AS value, coalesce(sqlc.narg(v)::text::text, 'NULL') AS text;

-- name: EchoVarchar :one
SELECT @v::varchar AS value, @v::varchar::text AS text;

-- name: MaybeVarchar :one
SELECT sqlc.narg(v)::varchar AS value, coalesce(sqlc.narg(v)::varchar::text, 'NULL') AS text;

-- name: EchoName :one
SELECT @v::name AS value, @v::name::text AS text;

-- name: MaybeName :one
SELECT sqlc.narg(v)::name AS value, coalesce(sqlc.narg(v)::name::text, 'NULL') AS text;

-- name: EchoBytea :one
SELECT @v::bytea AS value, @v::bytea::text AS text;

-- name: MaybeBytea :one
SELECT sqlc.narg(v)::bytea AS value, coalesce(sqlc.narg(v)::bytea::text, 'NULL') AS text;

-- name: EchoJson :one
SELECT @v::json AS value, @v::json::text AS text;

-- name: MaybeJson :one
SELECT sqlc.narg(v)::json AS value, coalesce(sqlc.narg(v)::json::text, 'NULL') AS text;

-- name: EchoJsonb :one
SELECT @v::jsonb AS value, @v::jsonb::text AS text;

-- name: MaybeJsonb :one
SELECT sqlc.narg(v)::jsonb AS value, coalesce(sqlc.narg(v)::jsonb::text, 'NULL') AS text;

-- name: EchoInt4range :one
SELECT @v::int4range AS value, @v::int4range::text AS text;

-- name: MaybeInt4range :one
SELECT sqlc.narg(v)::int4range AS value, coalesce(sqlc.narg(v)::int4range::text, 'NULL') AS text;

-- name: EchoNumrange :one
SELECT @v::numrange AS value, @v::numrange::text AS text;

-- name: MaybeNumrange :one
SELECT sqlc.narg(v)::numrange AS value, coalesce(sqlc.narg(v)::numrange::text, 'NULL') AS text;

-- name: EchoDaterange :one
SELECT @v::daterange AS value, @v::daterange::text AS text;

-- name: MaybeDaterange :one
SELECT sqlc.narg(v)::daterange AS value, coalesce(sqlc.narg(v)::daterange::text, 'NULL') AS text;

-- name: EchoInt4multirange :one
SELECT @v::int4multirange AS value, @v::int4multirange::text AS text;

-- name: MaybeInt4multirange :one
SELECT sqlc.narg(v)::int4multirange AS value, coalesce(sqlc.narg(v)::int4multirange::text, 'NULL') AS text;

-- name: EchoInt8Array :one
SELECT @v::bigint[] AS value, @v::bigint[]::text AS text;

-- name: MaybeInt8Array :one
SELECT sqlc.narg(v)::bigint[] AS value, coalesce(sqlc.narg(v)::bigint[]::text, 'NULL') AS text;

-- name: EchoTextArray :one
SELECT @v::text[] AS value, @v::text[]::text AS text;

-- name: MaybeTextArray :one
SELECT sqlc.narg(v)::text[] AS value, coalesce(sqlc.narg(v)::text[]::text, 'NULL') AS text;

-- name: EchoByteaArray :one
SELECT @v::bytea[] AS value, @v::bytea[]::text AS text;

-- name: MaybeByteaArray :one
SELECT sqlc.narg(v)::bytea[] AS value, coalesce(sqlc.narg(v)::bytea[]::text, 'NULL') AS text;

-- name: EchoUuidArray :one
SELECT @v::uuid[] AS value, @v::uuid[]::text AS text;

-- name: MaybeUuidArray :one
SELECT sqlc.narg(v)::uuid[] AS value, coalesce(sqlc.narg(v)::uuid[]::text, 'NULL') AS text;

-- name: EchoInt4rangeArray :one
SELECT @v::int4range[] AS value, @v::int4range[]::text AS text;

-- name: MaybeInt4rangeArray :one
SELECT sqlc.narg(v)::int4range[] AS value, coalesce(sqlc.narg(v)::int4range[]::text, 'NULL') AS text;

-- name: EchoMood :one
SELECT @v::mood AS value, @v::mood::text AS text;

-- name: MaybeMood :one
SELECT sqlc.narg(v)::mood AS value, coalesce(sqlc.narg(v)::mood::text, 'NULL') AS text;

-- name: EchoMoodArray :one
SELECT @v::mood[] AS value, @v::mood[]::text AS text;

-- name: MaybeMoodArray :one
SELECT sqlc.narg(v)::mood[] AS value, coalesce(sqlc.narg(v)::mood[]::text, 'NULL') AS text;

-- name: EchoRemark :one
SELECT @v::remark AS value, @v::remark::text AS text;

-- name: MaybeRemark :one
SELECT sqlc.narg(v)::remark AS value, coalesce(sqlc.narg(v)::remark::text, 'NULL') AS text;

-- name: EchoRemarkArray :one
SELECT @v::remark[] AS value, @v::remark[]::text AS text;

-- name: MaybeRemarkArray :one
SELECT sqlc.narg(v)::remark[] AS value, coalesce(sqlc.narg(v)::remark[]::text, 'NULL') AS text;
