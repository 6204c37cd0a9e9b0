-- schema: bronze.events(id, user_id, payload, ts)
-- schema: silver.users(id, email, city)

MERGE WITH SCHEMA EVOLUTION INTO silver.users AS t
USING (SELECT user_id AS id, payload:email::string AS email, payload.city FROM bronze.events) AS s
ON t.id = s.id
WHEN MATCHED AND s.email IS NULL THEN DELETE
WHEN MATCHED THEN UPDATE SET t.email = sha2(s.email, 256), t.city = coalesce(s.city, t.city)
WHEN NOT MATCHED THEN INSERT (id, email, city) VALUES (s.id, sha2(s.email, 256), s.city)
WHEN NOT MATCHED BY SOURCE THEN UPDATE SET t.city = NULL;

MERGE INTO silver.users USING bronze.users ON users.id = bronze.users.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *;

INSERT OVERWRITE TABLE gold.daily PARTITION (d = '2024-01-01', region) SELECT user_id, count(*) AS n, max(payload) AS p, city FROM bronze.events JOIN silver.users u ON u.id = user_id GROUP BY ALL;
INSERT INTO gold.users BY NAME SELECT id, email AS mail FROM silver.users;
INSERT INTO gold.events REPLACE WHERE ts > '2024-01-01' SELECT * FROM bronze.events;

SELECT e.id, tag, pos, kv.k, kv.v FROM bronze.events e
LATERAL VIEW OUTER posexplode(split(e.payload, ',')) tags AS pos, tag
LATERAL VIEW explode(map('a', e.user_id)) kv AS k, v;

SELECT transform(filter(tags, x -> x.score > min_score), x -> x.name) AS names, aggregate(values, 0, (acc, x) -> acc + x) AS total FROM bronze.tagged;

CREATE OR REPLACE TABLE gold.users USING DELTA PARTITIONED BY (city) LOCATION 's3://b/gold' TBLPROPERTIES ('x' = 'y') AS SELECT id, city FROM silver.users;
CREATE TABLE gold.copy SHALLOW CLONE silver.users;
CREATE OR REPLACE TEMPORARY VIEW tmp AS SELECT id, email FROM silver.users;
CREATE TABLE gold.from_tmp AS SELECT * FROM tmp;
CREATE OR REFRESH STREAMING TABLE live_users AS SELECT id, city FROM STREAM(silver.users);
COPY INTO bronze.events FROM (SELECT _c0 AS id, _c1 AS user_id FROM 's3://b/in') FILEFORMAT = CSV;
SELECT * FROM parquet.`s3://b/x.parquet`;
SELECT id, email FROM silver.users VERSION AS OF 3 TABLESAMPLE (10 PERCENT) u;

SELECT * FROM (SELECT user_id, date_format(ts, 'MM') AS m, id FROM bronze.events) PIVOT (count(id) AS n FOR m IN ('01' AS jan, '02' AS feb));
SELECT * EXCEPT (payload) FROM bronze.events WHERE ts = (SELECT max(ts) FROM bronze.events);
UPDATE silver.users SET city = (SELECT max(payload) FROM bronze.events e WHERE e.user_id = users.id) WHERE id > 0;
DELETE FROM silver.users WHERE id IN (SELECT user_id FROM bronze.gone);
WITH a AS (SELECT id FROM silver.users), b AS (SELECT id AS i FROM a) INSERT INTO gold.ids SELECT i FROM b;
FROM bronze.events e INSERT INTO gold.a SELECT e.id WHERE e.id > 1 INSERT INTO gold.b SELECT e.user_id;
CACHE TABLE hot AS SELECT id FROM silver.users;
