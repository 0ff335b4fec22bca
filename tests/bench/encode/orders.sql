-- name: AddOrder :exec
INSERT INTO bench_orders
VALUES (@id, @account, @symbol, @quantity, @price, @active, @note, @created_at);

-- name: AddOrders :batchexec
INSERT INTO bench_orders
VALUES (@id, @account, @symbol, @quantity, @price, @active, @note, @created_at);

-- name: LoadFills :copyfrom
INSERT INTO bench_fills (id, account, symbol, venue, quantity, price, fee, active, note, filled_at)
VALUES (@id, @account, @symbol, @venue, @quantity, @price, @fee, @active, @note, @filled_at);

-- name: AddQuotes :exec
INSERT INTO bench_quotes
SELECT * FROM unnest(@ids::bigint[], @books::bigint[], @venues::integer[], @accounts::uuid[],
                     @parents::uuid[], @symbols::text[], @notes::text[], @actives::boolean[],
                     @rates::double precision[], @opened::timestamptz[], @closed::timestamptz[],
                     @sizes::bigint[]);
