# shellcheck shell=sh
tenon generate --package ledger --schema "$TENON_ROOT/schema" --queries "$TENON_ROOT/queries" --out gen
psql -q -d "$CONNINFO" -f "$TENON_ROOT/schema/ledger.sql"
