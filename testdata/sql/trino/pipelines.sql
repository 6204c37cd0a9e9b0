-- schema: hive.raw.orders(id, customer_id, amount, items, placed_at)
-- schema: hive.raw.customers(id, email, city)

MERGE INTO hive.mart.customers AS t USING (SELECT id, email, city FROM hive.raw.customers) AS s ON t.id = s.id
WHEN MATCHED AND s.city IS NULL THEN DELETE
WHEN MATCHED THEN UPDATE SET city = s.city
WHEN NOT MATCHED THEN INSERT (id, email_hash) VALUES (s.id, to_hex(sha256(to_utf8(s.email))));

CREATE TABLE hive.mart.daily WITH (format = 'ORC', partitioned_by = ARRAY['d']) AS
SELECT date(placed_at) AS d, approx_distinct(customer_id) AS people, map_agg(id, amount) AS by_id FROM hive.raw.orders GROUP BY 1 WITH NO DATA;

SELECT o.id, t.sku, t.qty, n FROM hive.raw.orders o CROSS JOIN UNNEST(o.items, ARRAY[1, 2]) WITH ORDINALITY AS t (sku, qty, n);
SELECT id, element_at(transform(items, x -> upper(x)), 1) AS first_item, reduce(items, 0, (s, x) -> s + x, s -> s) AS total, try_cast(amount AS double) AS a FROM hive.raw.orders;
SELECT customer_id, max_by(id, placed_at) AS last_id, array_agg(id ORDER BY placed_at) FILTER (WHERE amount > 0) AS ids FROM hive.raw.orders GROUP BY GROUPING SETS ((customer_id), ());
WITH a (x, y) AS (VALUES (1, 2)), b AS (TABLE hive.raw.customers) SELECT b.id, a.x FROM a CROSS JOIN b;
INSERT INTO hive.mart.copy SELECT * FROM hive.raw.orders FOR VERSION AS OF 123;
SELECT * FROM hive.raw.orders MATCH_RECOGNIZE (PARTITION BY customer_id ORDER BY placed_at MEASURES A.amount AS start_amount, LAST(B.amount) AS end_amount ONE ROW PER MATCH PATTERN (A B+) DEFINE B AS B.amount > PREV(B.amount));
UPDATE hive.raw.customers SET city = upper(city), email = (SELECT max(email) FROM hive.raw.others o WHERE o.id = customers.id);
CREATE OR REPLACE VIEW hive.mart.v SECURITY INVOKER AS SELECT c.id, o.amount FROM hive.raw.customers c LEFT JOIN hive.raw.orders o USING (id);
SELECT json_value(payload, 'lax $.a' RETURNING int) AS a, row(id, amount) AS r, "$path" FROM hive.raw.things;
