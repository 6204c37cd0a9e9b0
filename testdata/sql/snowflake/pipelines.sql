-- schema: RAW.SHOP.ORDERS(ID, CUSTOMER_ID, AMOUNT, PLACED_AT, META)
-- schema: MART.CUSTOMERS(ID, EMAIL_HASH, CITY)

USE DATABASE raw;
USE SCHEMA shop;

MERGE INTO mart.customers t USING (SELECT $1 AS id, $2 AS email, $3 AS city FROM @landing/customers (FILE_FORMAT => 'csv')) s
ON t.id = s.id
WHEN MATCHED AND s.city IS NULL THEN DELETE
WHEN MATCHED THEN UPDATE SET city = s.city
WHEN NOT MATCHED THEN INSERT (id, email_hash, city) VALUES (s.id, SHA2(s.email), s.city);

MERGE INTO mart.orders t USING orders s ON t.id = s.id WHEN MATCHED THEN UPDATE ALL BY NAME WHEN NOT MATCHED THEN INSERT ALL BY NAME;

INSERT FIRST
  WHEN amount > 100 THEN INTO mart.big (id, amount) VALUES (id, amount)
  WHEN amount > 10 THEN INTO mart.middle
  ELSE INTO mart.small (id) VALUES (id)
SELECT id, amount FROM orders;

INSERT OVERWRITE INTO mart.daily SELECT placed_at::date AS d, SUM(amount) AS total FROM orders GROUP BY ALL;

CREATE OR REPLACE TABLE mart.copy CLONE orders AT (OFFSET => -3600);
CREATE TABLE mart.like_orders LIKE orders;
CREATE OR REPLACE SECURE VIEW mart.v (k, v) COPY GRANTS AS SELECT id, meta:device.os::string FROM orders;
CREATE OR REPLACE TRANSIENT TABLE mart.snap CLUSTER BY (id) AS SELECT * FROM orders;
ALTER TABLE mart.a SWAP WITH mart.b;
CREATE STREAM mart.s ON TABLE orders APPEND_ONLY = TRUE;
CREATE TASK mart.load WAREHOUSE = wh SCHEDULE = '5 MINUTE' WHEN SYSTEM$STREAM_HAS_DATA('mart.s') AS
  INSERT INTO mart.t (id) SELECT id FROM mart.s;

SELECT o.id, i.value:sku::string AS sku, i.index, PARSE_JSON(o.meta):a.b[0].c AS c
FROM orders o, LATERAL FLATTEN(INPUT => o.meta:items, OUTER => TRUE) i
QUALIFY ROW_NUMBER() OVER (PARTITION BY o.id ORDER BY i.index) = 1;

SELECT * FROM (SELECT customer_id, amount, TO_CHAR(placed_at, 'MON') AS m FROM orders)
PIVOT (SUM(amount) FOR m IN ('JAN', 'FEB')) AS p (customer_id, jan, feb);

SELECT * EXCLUDE (meta) REPLACE (amount / 100 AS amount) RENAME (id AS order_id) FROM orders;

SELECT customer_id, LISTAGG(DISTINCT id, ',') WITHIN GROUP (ORDER BY placed_at) AS ids,
  MAX_BY(id, placed_at) AS last_id, ARRAY_AGG(OBJECT_CONSTRUCT('id', id, 'a', amount)) AS all_orders
FROM orders GROUP BY customer_id;

UPDATE mart.customers c SET city = s.city FROM (SELECT id, city FROM stage_customers QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) = 1) s WHERE s.id = c.id;
DELETE FROM mart.customers USING gone WHERE mart.customers.id = gone.id;

CREATE OR REPLACE PROCEDURE mart.refresh(since DATE) RETURNS STRING LANGUAGE SQL EXECUTE AS CALLER AS
$$
DECLARE
  total FLOAT DEFAULT 0;
  c1 CURSOR FOR SELECT id, amount FROM raw.shop.orders WHERE placed_at > ?;
  res RESULTSET;
BEGIN
  CREATE OR REPLACE TEMPORARY TABLE tmp_orders AS SELECT id, amount, customer_id FROM raw.shop.orders;
  SELECT SUM(amount) INTO :total FROM tmp_orders;
  OPEN c1 USING (since);
  FOR rec IN c1 DO
    INSERT INTO mart.seen (id, amount) VALUES (rec.id, rec.amount);
  END FOR;
  IF (total > 10) THEN
    INSERT INTO mart.totals (total) VALUES (:total);
  ELSE
    LET x := (SELECT MAX(amount) FROM tmp_orders);
    INSERT INTO mart.maxima (m) SELECT :x;
  END IF;
  EXECUTE IMMEDIATE 'INSERT INTO mart.dyn (id) SELECT id FROM tmp_orders';
  res := (SELECT id FROM tmp_orders);
  RETURN TABLE(res);
EXCEPTION
  WHEN OTHER THEN
    RETURN SQLERRM;
END;
$$;

COPY INTO 's3://out/orders/' FROM (SELECT id, amount FROM orders) FILE_FORMAT = (TYPE = PARQUET) PARTITION BY ('d=' || id);
COPY INTO orders FROM @landing/orders FILES = ('a.csv') ON_ERROR = CONTINUE;
