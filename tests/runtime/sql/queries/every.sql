-- A row of every type by each way that rows can go.

-- name: AddEvery :exec
INSERT INTO every (
    id, v_bool, v_char, v_int16, v_int32, v_int64, v_oid, v_xid8, v_lsn, v_money, v_float,
    v_double, v_uuid, v_date, v_time, v_timetz, v_timestamp, v_timestamptz, v_interval,
    v_numeric, v_inet, v_cidr, v_macaddr, v_macaddr8, v_bits, v_tid, v_point, v_line, v_lseg,
    v_box, v_circle, v_path, v_polygon, v_text, v_varchar, v_name, v_bytea, v_json, v_jsonb,
    v_int4range, v_numrange, v_daterange, v_int4multirange, v_int8_array, v_text_array,
    v_bytea_array, v_uuid_array, v_int4range_array, v_mood, v_mood_array, v_remark,
    v_remark_array
) VALUES (
    @id, @v_bool, @v_char, @v_int16, @v_int32, @v_int64, @v_oid, @v_xid8, @v_lsn, @v_money,
    @v_float, @v_double, @v_uuid, @v_date, @v_time, @v_timetz, @v_timestamp, @v_timestamptz,
    @v_interval, @v_numeric, @v_inet, @v_cidr, @v_macaddr, @v_macaddr8, @v_bits, @v_tid,
    @v_point, @v_line, @v_lseg, @v_box, @v_circle, @v_path, @v_polygon, @v_text, @v_varchar,
    @v_name, @v_bytea, @v_json, @v_jsonb, @v_int4range, @v_numrange, @v_daterange,
    @v_int4multirange, @v_int8_array, @v_text_array, @v_bytea_array, @v_uuid_array,
    @v_int4range_array, @v_mood, @v_mood_array, @v_remark, @v_remark_array
);

-- name: AddEveries :batchexec
INSERT INTO every (
    id, v_bool, v_char, v_int16, v_int32, v_int64, v_oid, v_xid8, v_lsn, v_money, v_float,
    v_double, v_uuid, v_date, v_time, v_timetz, v_timestamp, v_timestamptz, v_interval,
    v_numeric, v_inet, v_cidr, v_macaddr, v_macaddr8, v_bits, v_tid, v_point, v_line, v_lseg,
    v_box, v_circle, v_path, v_polygon, v_text, v_varchar, v_name, v_bytea, v_json, v_jsonb,
    v_int4range, v_numrange, v_daterange, v_int4multirange, v_int8_array, v_text_array,
    v_bytea_array, v_uuid_array, v_int4range_array, v_mood, v_mood_array, v_remark,
    v_remark_array
) VALUES (
    @id, @v_bool, @v_char, @v_int16, @v_int32, @v_int64, @v_oid, @v_xid8, @v_lsn, @v_money,
    @v_float, @v_double, @v_uuid, @v_date, @v_time, @v_timetz, @v_timestamp, @v_timestamptz,
    @v_interval, @v_numeric, @v_inet, @v_cidr, @v_macaddr, @v_macaddr8, @v_bits, @v_tid,
    @v_point, @v_line, @v_lseg, @v_box, @v_circle, @v_path, @v_polygon, @v_text, @v_varchar,
    @v_name, @v_bytea, @v_json, @v_jsonb, @v_int4range, @v_numrange, @v_daterange,
    @v_int4multirange, @v_int8_array, @v_text_array, @v_bytea_array, @v_uuid_array,
    @v_int4range_array, @v_mood, @v_mood_array, @v_remark, @v_remark_array
);

-- name: LoadEvery :copyfrom
INSERT INTO every (
    id, v_bool, v_char, v_int16, v_int32, v_int64, v_oid, v_xid8, v_lsn, v_money, v_float,
    v_double, v_uuid, v_date, v_time, v_timetz, v_timestamp, v_timestamptz, v_interval,
    v_numeric, v_inet, v_cidr, v_macaddr, v_macaddr8, v_bits, v_tid, v_point, v_line, v_lseg,
    v_box, v_circle, v_path, v_polygon, v_text, v_varchar, v_name, v_bytea, v_json, v_jsonb,
    v_int4range, v_numrange, v_daterange, v_int4multirange, v_int8_array, v_text_array,
    v_bytea_array, v_uuid_array, v_int4range_array, v_mood, v_mood_array, v_remark,
    v_remark_array
) VALUES (
    @id, @v_bool, @v_char, @v_int16, @v_int32, @v_int64, @v_oid, @v_xid8, @v_lsn, @v_money,
    @v_float, @v_double, @v_uuid, @v_date, @v_time, @v_timetz, @v_timestamp, @v_timestamptz,
    @v_interval, @v_numeric, @v_inet, @v_cidr, @v_macaddr, @v_macaddr8, @v_bits, @v_tid,
    @v_point, @v_line, @v_lseg, @v_box, @v_circle, @v_path, @v_polygon, @v_text, @v_varchar,
    @v_name, @v_bytea, @v_json, @v_jsonb, @v_int4range, @v_numrange, @v_daterange,
    @v_int4multirange, @v_int8_array, @v_text_array, @v_bytea_array, @v_uuid_array,
    @v_int4range_array, @v_mood, @v_mood_array, @v_remark, @v_remark_array
);

-- name: EveryAsText :one
SELECT (e)::text AS text FROM every e WHERE id = @id;

-- name: ListEvery :many
SELECT * FROM every ORDER BY id;

-- name: StreamEvery :stream
SELECT * FROM every ORDER BY id;
