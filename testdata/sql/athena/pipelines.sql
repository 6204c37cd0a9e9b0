UNLOAD (SELECT id, amount FROM raw.orders WHERE amount > 1) TO 's3://out/orders/' WITH (format = 'PARQUET');
CREATE TABLE mart.daily WITH (format = 'PARQUET', external_location = 's3://b/d/') AS SELECT date(placed_at) AS d, sum(amount) AS total FROM raw.orders GROUP BY 1;
CREATE EXTERNAL TABLE IF NOT EXISTS raw.orders (id bigint, amount double) PARTITIONED BY (d string) ROW FORMAT SERDE 'org.x' LOCATION 's3://in/orders/';
INSERT INTO mart.recent SELECT o.id, t.tag FROM raw.orders o CROSS JOIN UNNEST(o.tags) AS t (tag);
MSCK REPAIR TABLE raw.orders;
MERGE INTO ice.t USING ice.s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v);
