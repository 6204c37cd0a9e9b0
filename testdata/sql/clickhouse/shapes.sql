SELECT a, groupArray(10)(b) AS g, sumMap(c, d) m, toStartOfHour(ts) h, if(e, f, g2) i, arrayJoin(tags) t, * REPLACE (x + 1 AS x) FROM db.t SAMPLE 0.1 WHERE a IN (1, 2) AND b NOT IN db.ids GROUP BY a WITH TOTALS ORDER BY a WITH FILL;

INSERT INTO t (a, b) FORMAT Values (1, 2);
INSERT INTO t SELECT * FROM remote('h:9000', db.u);
INSERT INTO t SETTINGS async_insert=1 SELECT x FROM numbers(10);
CREATE TABLE q AS s.t;
CREATE VIEW v AS SELECT a FROM (SELECT * FROM t UNION DISTINCT SELECT * FROM u);
INSERT INTO x SELECT a FROM url('http://x', CSV, 'a Int');

WITH q AS (SELECT a FROM t), 5 AS n, sum(b) AS sb SELECT sb, n, (SELECT max(a) FROM q) AS m, tuple(a, b).1 AS t1, t.n.x FROM t;
SELECT a FROM t ASOF LEFT JOIN u ON t.a = u.a AND t.ts >= u.ts;
SELECT count() FROM t GROUP BY ALL;
CREATE MATERIALIZED VIEW mv REFRESH EVERY 1 HOUR TO d AS SELECT * FROM s;
