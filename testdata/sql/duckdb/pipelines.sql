-- schema: orders(id, customer_id, amount, placed_at)

CREATE OR REPLACE TABLE raw AS SELECT * FROM read_csv('in/*.csv', header = true);
CREATE TABLE p AS FROM 'x.parquet';
INSERT INTO copy BY NAME SELECT id, amount AS total FROM orders;
INSERT OR REPLACE INTO k SELECT id, amount FROM orders;
SELECT COLUMNS(* EXCLUDE (id)) FROM orders;
SELECT * EXCLUDE (placed_at) REPLACE (amount * 2 AS amount), id + 1 AS next, next * 2 AS twice FROM orders;
FROM orders SELECT customer_id, sum(amount) AS s GROUP BY ALL ORDER BY ALL;
PIVOT orders ON date_part('year', placed_at) USING sum(amount) AS total GROUP BY customer_id;
UNPIVOT orders ON id, amount INTO NAME k VALUE v;
SELECT o.id, unnest(tags) AS tag, list_transform(tags, x -> x || o.id) AS l, {'a': o.amount, 'b': o.id} AS s FROM orders o, things t;
SELECT * FROM orders POSITIONAL JOIN others;
SELECT a.id, b.v FROM orders a ASOF JOIN prices b ON a.id = b.id AND a.placed_at >= b.ts;
COPY (SELECT id FROM orders) TO 'out.parquet' (FORMAT parquet, PARTITION_BY (id));
COPY orders FROM 's3://b/x.csv' (HEADER);
CREATE MACRO plus(a, b) AS a + b;
CREATE TEMP TABLE t AS SELECT arg_max(id, amount) AS best, max(amount) FILTER (amount > 1) AS m FROM orders;
SELECT best FROM t;
WITH RECURSIVE r(n, id) AS (SELECT 1, id FROM orders UNION ALL SELECT n + 1, id FROM r WHERE n < 5) SELECT n, id FROM r;
MERGE INTO copy USING orders ON copy.id = orders.id WHEN MATCHED THEN UPDATE SET total = orders.amount WHEN NOT MATCHED THEN INSERT (id, total) VALUES (orders.id, orders.amount);
UPDATE copy SET total = o.amount FROM orders o WHERE o.id = copy.id;
