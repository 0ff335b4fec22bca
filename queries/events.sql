-- name: RecordEvent :exec
-- Adds to the audit trail of an order.
INSERT INTO order_events (order_id, kind, payload) VALUES (@order_id, @kind, @payload);

-- name: ListEventsOfOrder :many
SELECT * FROM order_events WHERE order_id = @order_id ORDER BY id;

-- name: ArchiveEventsOfSettledOrders :execrows
-- Moves the events of settled orders to the archive.
WITH moved AS (
    DELETE FROM order_events e
    USING orders o
    WHERE o.id = e.order_id
      AND o.status IN ('FILLED', 'CANCELLED', 'REJECTED')
      AND e.created_at < @before
    RETURNING e.*
)
INSERT INTO order_events_archive (id, order_id, kind, payload, created_at)
SELECT id, order_id, kind, payload, created_at FROM moved;

-- name: DeleteArchivedEvents :execrows
-- Forgets archived events that are older than this.
DELETE FROM order_events_archive WHERE archived_at < now() - @age::interval;
