-- name: ListPositions :many
-- What is held of every instrument that was ever traded.
SELECT p.exchange, p.symbol, i.base_asset, p.quantity_base, p.fee_quote, p.n_fills, p.last_fill_at
FROM positions p
JOIN instruments i ON i.exchange = p.exchange AND i.symbol = p.symbol
ORDER BY p.exchange, p.symbol;

-- name: PositionReport :many
-- Bought, sold and net quantity by symbol, with each symbol's share of all fills.
SELECT o.symbol,
       coalesce(sum(f.quantity_base) FILTER (WHERE o.side = 'BUY'), 0)::bigint AS bought_base,
       coalesce(sum(f.quantity_base) FILTER (WHERE o.side = 'SELL'), 0)::bigint AS sold_base,
       count(*) AS n_fills,
       (count(*) / sum(count(*)) OVER ())::float8 AS share_of_fills,
       rank() OVER (ORDER BY count(*) DESC) AS activity_rank
FROM orders o
JOIN fills f ON f.order_id = o.id
GROUP BY o.symbol
ORDER BY activity_rank, o.symbol;
