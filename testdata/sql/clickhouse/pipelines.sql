-- schema: db.events(id, user_id, tags, values, ts)

CREATE MATERIALIZED VIEW db.mv TO db.daily AS SELECT toDate(ts) AS d, uniqExact(user_id) AS users, sumIf(id, id > 1) AS s FROM db.events GROUP BY d;
CREATE MATERIALIZED VIEW db.own ENGINE = SummingMergeTree ORDER BY d POPULATE AS SELECT toDate(ts) AS d, count() AS n FROM db.events GROUP BY d;
INSERT INTO db.copy (id, tag) SELECT id, tag FROM db.events ARRAY JOIN tags AS tag WHERE id GLOBAL IN (SELECT id FROM db.keys);
CREATE TABLE db.like AS db.events ENGINE = MergeTree ORDER BY id;
CREATE TABLE db.filled ENGINE = MergeTree ORDER BY id AS SELECT id, argMax(user_id, ts) AS last_user FROM db.events GROUP BY id;
WITH (SELECT max(ts) FROM db.events) AS latest, x -> x + 1 AS inc SELECT id, latest, inc(user_id) AS u FROM db.events FINAL PREWHERE id > 0 LIMIT 1 BY user_id SETTINGS max_threads = 1 FORMAT JSON;
SELECT quantile(0.9)(id) AS q, arrayMap((t, v) -> concat(t, v), tags, values) AS pairs, tags[1] AS first, dictGet('d', 'name', user_id) AS name FROM db.events;
SELECT a.id, b.user_id FROM db.events a ANY LEFT JOIN db.users b USING (id);
SELECT id, ts FROM s3('https://b/x.csv', 'CSV');
INSERT INTO FUNCTION file('out.csv') SELECT id FROM db.events;
ALTER TABLE db.events UPDATE user_id = id + 1 WHERE id = 1;
ALTER TABLE db.events DELETE WHERE id = 1;
EXCHANGE TABLES db.a AND db.b;
RENAME TABLE db.a TO db.c, db.d TO db.e;
CREATE DICTIONARY db.dict (id UInt64) PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE 'users')) LAYOUT(FLAT());
SELECT * EXCEPT (ts), * APPLY (sum) FROM db.events;
SELECT id, sum(id) OVER (PARTITION BY user_id ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS run FROM db.events;
