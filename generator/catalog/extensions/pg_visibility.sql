-- The objects of the extension pg_visibility; written by builtin/dump.sh.
CREATE FUNCTION pg_check_frozen(regclass, OUT t_ctid tid) RETURNS SETOF tid LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_check_visible(regclass, OUT t_ctid tid) RETURNS SETOF tid LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_truncate_visibility_map(regclass) RETURNS void LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_visibility(regclass, OUT blkno bigint, OUT all_visible boolean, OUT all_frozen boolean, OUT pd_all_visible boolean) RETURNS SETOF record LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_visibility(regclass, blkno bigint, OUT all_visible boolean, OUT all_frozen boolean, OUT pd_all_visible boolean) RETURNS record LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_visibility_map(regclass, OUT blkno bigint, OUT all_visible boolean, OUT all_frozen boolean) RETURNS SETOF record LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_visibility_map(regclass, blkno bigint, OUT all_visible boolean, OUT all_frozen boolean) RETURNS record LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_visibility_map_summary(regclass, OUT all_visible bigint, OUT all_frozen bigint) RETURNS record LANGUAGE c VOLATILE STRICT;
