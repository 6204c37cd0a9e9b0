SELECT * FROM UNNEST(ARRAY[1,2]) t(x) CROSS JOIN (SELECT a, b FROM c.s.t) u;
INSERT INTO c.s.t (a) WITH q AS (SELECT b FROM c.s.u) SELECT b FROM q;
DELETE FROM c.s.t WHERE a IN (SELECT a FROM c.s.d);

SELECT a, listagg(b, ',') WITHIN GROUP (ORDER BY c) l, count(*) FILTER (WHERE d) n, sum(e) OVER w s, TRY(f / g) h FROM t WINDOW w AS (PARTITION BY i);

SELECT t.r.x, t.r.y.z, m['k'] AS mk, cast(j AS row(a int, b varchar)).a AS ja, JSON_EXTRACT_SCALAR(j, '$.q') q FROM t;

CREATE TABLE IF NOT EXISTS a (LIKE b INCLUDING PROPERTIES, c int);
CALL system.sync('x');
EXECUTE IMMEDIATE 'INSERT INTO x SELECT y FROM z';
PREPARE p FROM SELECT 1;
SELECT * FROM TABLE(exclude_columns(input => TABLE(orders), columns => DESCRIPTOR(a)));
