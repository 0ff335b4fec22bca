-- name: UpsertInstrument :exec
-- Adds the instrument or replaces what is known of it.
INSERT INTO instruments (exchange, symbol, base_asset, quote_asset, base_scale, quote_scale)
VALUES (@exchange, @symbol, @base_asset, @quote_asset, @base_scale, @quote_scale)
ON CONFLICT (exchange, symbol) DO UPDATE
SET base_asset = excluded.base_asset, quote_asset = excluded.quote_asset,
    base_scale = excluded.base_scale, quote_scale = excluded.quote_scale, is_active = true;

-- name: FindInstrument :opt
SELECT * FROM instruments WHERE exchange = @exchange AND symbol = @symbol;

-- name: ListActiveInstruments :many
SELECT * FROM instruments WHERE is_active ORDER BY exchange, symbol;
