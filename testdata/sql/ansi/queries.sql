-- schema: shop.orders(order_id, customer_id, amount, placed_at, status)
-- schema: shop.customers(customer_id, email, city)
-- schema: shop.items(order_id, sku, quantity)

-- Stars are expanded, and USING makes one column of two.
SELECT * FROM shop.orders JOIN shop.customers USING (customer_id);

-- A name without a table belongs to the only table that has it.
SELECT email, amount * 2 AS twice FROM shop.orders o JOIN shop.customers c ON o.customer_id = c.customer_id;

-- A set operation joins columns by position.
SELECT order_id AS id, amount AS value FROM shop.orders
UNION ALL
SELECT order_id, quantity FROM shop.items;

-- A correlated subquery gives its value; its condition only decides.
SELECT c.city, (SELECT max(o.amount) FROM shop.orders o WHERE o.customer_id = c.customer_id) AS best
FROM shop.customers c;

-- Windows, conditions and filters within an aggregate are indirect.
SELECT sum(amount) FILTER (WHERE status = 'paid') OVER w AS running,
       CASE WHEN status = 'paid' THEN amount ELSE 0 END AS paid
FROM shop.orders WINDOW w AS (PARTITION BY customer_id ORDER BY placed_at);

-- A recursive query is followed to its anchor, whatever it does with its columns.
WITH RECURSIVE chain (a, b) AS (
  SELECT order_id, customer_id FROM shop.orders WHERE status = 'first'
  UNION ALL
  SELECT chain.b, o.order_id FROM chain JOIN shop.orders o ON o.order_id = chain.a
)
SELECT a, b FROM chain;

-- Without a schema, a name in a join may belong to any of its tables.
SELECT label FROM warehouse.shelves s JOIN warehouse.boxes b ON s.shelf_id = b.shelf_id;
