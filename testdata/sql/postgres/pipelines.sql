-- schema: raw.orders(id, customer_id, amount, placed_at, status)
-- schema: raw.customers(id, email, city)
-- schema: mart.customers(id, email_hash, city, updated_at)

MERGE INTO mart.customers AS t
USING (SELECT c.id, c.email, c.city FROM raw.customers c WHERE c.city IS NOT NULL) AS s
ON t.id = s.id
WHEN MATCHED AND s.city = 'x' THEN DELETE
WHEN MATCHED AND t.city IS DISTINCT FROM s.city THEN UPDATE SET city = s.city, updated_at = now()
WHEN NOT MATCHED BY SOURCE THEN UPDATE SET city = NULL
WHEN NOT MATCHED THEN INSERT (id, email_hash, city) VALUES (s.id, md5(s.email), upper(s.city))
RETURNING merge_action(), t.id;

UPDATE mart.customers AS t SET (city, email_hash) = (s.city, md5(s.email)) FROM raw.customers s WHERE s.id = t.id;

UPDATE mart.customers SET city = (SELECT c.city FROM raw.customers c WHERE c.id = mart.customers.id), updated_at = now();

WITH gone AS (DELETE FROM raw.orders o USING raw.customers c WHERE c.id = o.customer_id AND c.city = 'x' RETURNING o.id, o.amount)
INSERT INTO archive.orders (id, amount) SELECT id, amount FROM gone;

INSERT INTO mart.totals AS t (customer_id, total)
WITH sums AS (SELECT customer_id, sum(amount) AS total FROM raw.orders GROUP BY customer_id)
SELECT customer_id, total FROM sums
ON CONFLICT (customer_id) DO UPDATE SET total = t.total + excluded.total WHERE t.total <> excluded.total;

SELECT DISTINCT ON (o.customer_id) o.customer_id, o.amount,
  first_value(o.status) OVER w AS first_status,
  count(*) FILTER (WHERE o.status = 'paid') OVER w AS paid
FROM raw.orders o
WINDOW w AS (PARTITION BY o.customer_id ORDER BY o.placed_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
ORDER BY o.customer_id, o.placed_at DESC;

SELECT c.id, last.amount, tag.value, tag.n
FROM raw.customers c
LEFT JOIN LATERAL (SELECT o.amount FROM raw.orders o WHERE o.customer_id = c.id ORDER BY o.placed_at DESC LIMIT 1) last ON true
CROSS JOIN LATERAL unnest(string_to_array(c.city, ',')) WITH ORDINALITY AS tag (value, n);

WITH RECURSIVE tree (id, parent, path) AS (
  SELECT n.id, n.parent, n.name::text FROM nodes n WHERE n.parent IS NULL
  UNION ALL
  SELECT n.id, n.parent, t.path || '/' || n.name FROM nodes n JOIN tree t ON t.id = n.parent
)
SELECT id, path FROM tree;

SELECT id, amount INTO TEMP TABLE recent FROM raw.orders WHERE placed_at > now() - interval '1 day';
CREATE TABLE mart.recent AS TABLE recent;
CREATE MATERIALIZED VIEW mart.cities (town, people) AS SELECT city, count(DISTINCT id) FROM raw.customers GROUP BY city WITH NO DATA;
COPY (SELECT id, email FROM raw.customers) TO '/tmp/customers.csv' WITH (FORMAT csv);
COPY raw.orders (id, amount) FROM 's3://bucket/orders.csv' CSV HEADER;
CREATE TABLE raw.orders_2024 (LIKE raw.orders INCLUDING ALL);
ALTER TABLE raw.orders RENAME TO orders_old;

CREATE OR REPLACE FUNCTION mart.refresh(since date) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
  r record;
  n integer := 0;
  latest timestamptz;
BEGIN
  SELECT max(placed_at) INTO latest FROM raw.orders_old;
  FOR r IN SELECT id, city FROM raw.customers LOOP
    IF r.city IS NULL THEN
      CONTINUE;
    ELSIF n > 100 THEN
      EXIT;
    END IF;
    INSERT INTO mart.visits (customer_id, city, seen) VALUES (r.id, r.city, latest);
    n := n + 1;
  END LOOP;
  PERFORM pg_notify('x', 'y');
  EXECUTE 'INSERT INTO mart.log (at) SELECT placed_at FROM raw.orders_old';
  EXECUTE format('TRUNCATE %I', 'x');
  RETURN;
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'failed';
END;
$body$;
