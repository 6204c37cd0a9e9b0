-- schema: lake.silver.readings(device, tags, value, at)

MERGE INTO lake.gold.devices t USING lake.silver.readings s ON t.device = s.device
WHEN MATCHED THEN UPDATE SET t.value = s.value
WHEN NOT MATCHED THEN INSERT *;

SELECT device, tag, idx FROM lake.silver.readings LATERAL VIEW posexplode(tags) t AS idx, tag;

FROM lake.silver.readings
INSERT OVERWRITE TABLE lake.gold.hot PARTITION (kind = 'hot') SELECT device, value WHERE value > 100
INSERT INTO TABLE lake.gold.cold SELECT device, at WHERE value < 0;

SELECT transform(tags, x -> concat(x, device)) AS labels, raw:sensor.id::int AS sensor FROM lake.bronze.events VERSION AS OF 12;

COPY INTO lake.bronze.files FROM 's3://landing/files' FILEFORMAT = JSON;

INSERT OVERWRITE DIRECTORY 's3://exports/readings' USING parquet SELECT device, value FROM lake.silver.readings;

CREATE OR REPLACE TEMP VIEW latest AS SELECT device, max(at) AS at FROM delta.`/mnt/readings` GROUP BY device;

CREATE OR REFRESH STREAMING TABLE clean AS SELECT device, value FROM STREAM(lake.bronze.events);
