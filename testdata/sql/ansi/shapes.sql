SELECT a FROM {{ ref('m') }} JOIN {{ source('s', 't') }} USING (id) WHERE {{ var('x') }} {% if x %} AND b {% endif %};

INSERT INTO t WITH c AS (SELECT a FROM u) SELECT a FROM c;
WITH c AS (SELECT a FROM u) INSERT INTO t (x) SELECT a FROM c;
INSERT INTO t (x) (WITH c AS (SELECT a FROM u) SELECT a FROM c);
CREATE TABLE z AS (WITH q AS (SELECT 1 AS o) SELECT o, p FROM q, r);

SELECT a + (SELECT MAX(b) FROM u WHERE u.c = t.d) * 2 AS x, CASE (SELECT 1 FROM v) WHEN 1 THEN e ELSE (SELECT f FROM w) END y, EXISTS (SELECT 1 FROM k) z, g IN (SELECT h FROM i) AS j FROM t ORDER BY (SELECT l FROM m);
