-- schema: shop.orders(id, customer_id, amount, placed_at, items, address)
-- schema: shop.customers(id, email, city)
-- schema: mart.customers(id, email, city)

MERGE `mart.customers` T
USING (SELECT * EXCEPT (rn) FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY city) AS rn FROM `shop.customers`) WHERE rn = 1) S
ON T.id = S.id
WHEN MATCHED AND S.city IS NULL THEN DELETE
WHEN MATCHED THEN UPDATE SET email = TO_HEX(SHA256(S.email)), city = S.city
WHEN NOT MATCHED BY TARGET THEN INSERT ROW
WHEN NOT MATCHED BY SOURCE AND T.city = 'x' THEN UPDATE SET city = 'gone';

UPDATE mart.customers c SET c.city = s.city, email = CONCAT(s.email, '') FROM shop.customers s JOIN shop.orders o ON o.customer_id = s.id WHERE s.id = c.id;

INSERT INTO mart.lines (order_id, sku, qty, pos)
SELECT o.id, item.sku, item.quantity * 2, pos FROM `my-project.shop.orders` o, UNNEST(o.items) AS item WITH OFFSET pos;

SELECT o.address.city AS city, ARRAY(SELECT x.sku FROM UNNEST(o.items) x WHERE x.q > 1) AS skus,
  STRUCT(o.id AS id, o.amount AS a) AS pair, ARRAY_AGG(o.amount ORDER BY o.placed_at LIMIT 1)[OFFSET(0)] AS first_amount
FROM shop.orders o GROUP BY 1, 2, o.id;

CREATE OR REPLACE TABLE mart.daily PARTITION BY DATE(placed_at) CLUSTER BY customer_id OPTIONS (description = 'x') AS
SELECT * REPLACE (amount / 100 AS amount) FROM shop.orders WHERE _PARTITIONTIME > '2024-01-01';

CREATE TEMP TABLE recent AS SELECT id, amount FROM shop.orders;
CREATE TABLE mart.copy COPY shop.orders;
CREATE TABLE mart.cloned CLONE shop.orders;
CREATE MATERIALIZED VIEW mart.mv AS SELECT customer_id, SUM(amount) AS total FROM shop.orders GROUP BY customer_id;

SELECT * FROM (SELECT customer_id, amount, EXTRACT(MONTH FROM placed_at) AS m FROM shop.orders)
PIVOT (SUM(amount) AS total, COUNT(*) AS n FOR m IN (1 AS jan, 2 AS feb));

SELECT id, kind, v FROM shop.customers UNPIVOT (v FOR kind IN (email AS 'e', city AS 'c'));

FROM shop.orders |> WHERE amount > 0 |> EXTEND amount * 2 AS twice |> AGGREGATE SUM(twice) AS s GROUP BY customer_id |> ORDER BY s DESC;

EXPORT DATA OPTIONS (uri = 'gs://b/o/*.csv', format = 'CSV') AS SELECT id, amount FROM recent;
LOAD DATA OVERWRITE mart.loaded FROM FILES (format = 'PARQUET', uris = ['gs://b/in/*.parquet']);

BEGIN
  DECLARE latest TIMESTAMP DEFAULT (SELECT MAX(placed_at) FROM shop.orders);
  DECLARE n INT64;
  SET n = (SELECT COUNT(id) FROM shop.orders);
  IF n > 0 THEN
    INSERT INTO mart.log (at, n) VALUES (latest, n);
  ELSEIF n = 0 THEN
    SELECT 1;
  END IF;
  FOR rec IN (SELECT id, amount FROM shop.orders) DO
    INSERT INTO mart.seen (id, amount) VALUES (rec.id, rec.amount);
  END FOR;
  EXECUTE IMMEDIATE "INSERT INTO mart.dyn (id) SELECT id FROM shop.orders";
  EXCEPTION WHEN ERROR THEN
    SELECT @@error.message;
END;

CREATE OR REPLACE PROCEDURE mart.load(IN since DATE, OUT n INT64)
BEGIN
  CREATE TEMP TABLE t AS SELECT id FROM shop.orders WHERE DATE(placed_at) > since;
  SET n = (SELECT COUNT(id) FROM t);
  INSERT mart.ids (id) SELECT id FROM t;
END;
