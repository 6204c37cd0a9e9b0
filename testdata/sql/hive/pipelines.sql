-- schema: raw.orders(id, customer_id, amount, tags, d)

SET hive.exec.dynamic.partition.mode = nonstrict;
USE mart;
INSERT OVERWRITE TABLE daily PARTITION (d, region = 'eu') IF NOT EXISTS SELECT o.id, o.amount * 2 AS twice, o.d FROM raw.orders o DISTRIBUTE BY o.d SORT BY o.id;
FROM raw.orders o
INSERT OVERWRITE TABLE ids PARTITION (d) SELECT o.id, o.d WHERE o.id > 1
INSERT INTO TABLE amounts SELECT o.amount
INSERT OVERWRITE DIRECTORY '/out/tags' ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' SELECT o.tags;
INSERT OVERWRITE LOCAL DIRECTORY '/tmp/out' SELECT id FROM raw.orders;
SELECT o.id, t.tag, p.pos, p.val FROM raw.orders o LATERAL VIEW explode(o.tags) t AS tag LATERAL VIEW OUTER posexplode(o.tags) p AS pos, val;
CREATE TABLE copy STORED AS ORC TBLPROPERTIES ('a' = 'b') AS SELECT `id`, `amount` FROM raw.orders LEFT SEMI JOIN raw.keys k ON orders.id = k.id;
CREATE TABLE empty LIKE raw.orders;
CREATE VIEW v (a, b) AS SELECT id, amount FROM raw.orders;
LOAD DATA LOCAL INPATH '/in/o.csv' OVERWRITE INTO TABLE raw.orders PARTITION (d = '2024');
ALTER TABLE daily EXCHANGE PARTITION (d = '1') WITH TABLE stage;
ALTER TABLE copy RENAME TO copy2;
SELECT TRANSFORM (id, amount) USING 'script.py' AS (a, b) FROM raw.orders;
MERGE INTO acid t USING raw.orders s ON t.id = s.id WHEN MATCHED THEN UPDATE SET amount = s.amount WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.amount);
WITH q AS (SELECT id FROM raw.orders) INSERT INTO TABLE ids2 SELECT id FROM q;
EXPORT TABLE copy2 TO '/backup/copy2';
