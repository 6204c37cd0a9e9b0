CREATE MATERIALIZED VIEW stats.daily_view TO stats.daily (day Date, hits UInt64) AS
SELECT toDate(at) AS day, countIf(status = 200) AS hits FROM logs.requests GROUP BY day;

WITH (SELECT max(at) FROM logs.requests) AS latest SELECT url, latest FROM logs.pages;

SELECT quantile(0.9)(duration) AS p90, arrayMap(x -> x * factor, sizes) AS scaled FROM logs.requests FINAL PREWHERE status = 200;

SELECT url, tag FROM logs.pages ARRAY JOIN tags AS tag;

INSERT INTO FUNCTION s3('https://bucket/export.csv', 'CSV') SELECT url, at FROM logs.requests;

ALTER TABLE logs.requests UPDATE url = lower(raw_url) WHERE url = '';
