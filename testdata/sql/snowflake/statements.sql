-- schema: RAW.SHOP.EVENTS(EVENT_ID, PAYLOAD, USER_ID, TS)

SELECT e.event_id, f.value:sku::string AS sku, f.index AS position
FROM raw.shop.events e, LATERAL FLATTEN(INPUT => e.payload:items) f;

SELECT * EXCLUDE (payload) RENAME (ts AS happened_at) FROM raw.shop.events
QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY ts DESC) = 1;

-- A later item may use the alias of an earlier one.
SELECT sha2(user_id, 256) AS user_key, user_key || '-' || event_id AS event_key FROM raw.shop.events;

INSERT ALL
  WHEN kind = 'order' THEN INTO mart.orders (id, at) VALUES (event_id, ts)
  ELSE INTO mart.others (id) VALUES (event_id)
SELECT event_id, payload:kind::string AS kind, ts FROM raw.shop.events;

COPY INTO mart.prices (sku, price) FROM (SELECT $1, $2 FROM @stages.landing/prices.csv) FILE_FORMAT = (TYPE = CSV);

COPY INTO @stages.out/orders FROM (SELECT id, at FROM mart.orders);

CREATE OR REPLACE TABLE mart.orders_backup CLONE mart.orders;

CREATE OR REPLACE DYNAMIC TABLE mart.daily TARGET_LAG = '1 hour' WAREHOUSE = wh AS
SELECT date_trunc(day, at) AS day, count(id) AS n FROM mart.orders GROUP BY 1;

SELECT id, month, amount FROM mart.months UNPIVOT (amount FOR month IN (jan, feb, mar));

CREATE PROCEDURE mart.load() RETURNS string LANGUAGE SQL AS $$
BEGIN
  LET latest := (SELECT max(at) FROM mart.orders);
  INSERT INTO mart.loads (loaded_until) VALUES (:latest);
  RETURN 'done';
END;
$$;
