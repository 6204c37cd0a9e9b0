SELECT a, b FROM t1 SEMI JOIN t2 USING (id);
SELECT x.* FROM (FROM t SELECT a, b) x;
SELECT list(a ORDER BY b) l, [c, d] arr, {'k': e}.k s, f['g'] h FROM t;
SELECT a FROM 's3://b/*.parquet' WHERE b > 1;

CREATE VIEW v AS SELECT * FROM glob('x');
INSERT INTO t (a, b) VALUES (1, 2) RETURNING a;
SELECT * FROM t USING SAMPLE 10%;
SELECT a AS x, x + 1 AS y FROM t WHERE y > 1 GROUP BY x HAVING y > 2;
SUMMARIZE t;
DESCRIBE SELECT * FROM q;
ATTACH 'x.db' AS db;
CREATE TABLE db.s.t AS SELECT * FROM main.u;

WITH t AS MATERIALIZED (SELECT a FROM s) SELECT t.a, u.b FROM t LEFT JOIN LATERAL (SELECT b FROM q WHERE q.a = t.a) u ON TRUE;
SELECT struct_pack(a := b, c := d) AS p FROM t;
SELECT unnest(s, recursive := true) FROM t;
SELECT * FROM (PIVOT t ON y USING sum(v)) p;
