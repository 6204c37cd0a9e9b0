-- schema: raw.orders(id, customer_id, amount, tags)

CREATE OR REPLACE TEMPORARY VIEW src USING csv OPTIONS (path '/in/x.csv', header 'true');
CREATE TEMPORARY VIEW recent AS SELECT /*+ BROADCAST(o) */ o.id, o.amount FROM raw.orders o;
INSERT INTO mart.t (a, b) SELECT id, amount FROM recent;
INSERT OVERWRITE DIRECTORY '/out' USING parquet SELECT id FROM recent;
SELECT id, named_struct('a', amount, 'b', id).a AS x, inline(arrays_zip(tags)) FROM raw.orders;
SELECT stack(2, 'id', id, 'amount', amount) AS (k, v) FROM raw.orders;
SELECT * FROM raw.orders UNPIVOT INCLUDE NULLS (v FOR k IN (amount AS a, customer_id AS c));
SELECT a.id, b.amount FROM raw.orders a LEFT ANTI JOIN raw.gone g ON g.id = a.id JOIN raw.orders b USING (id);
CREATE TABLE mart.u USING parquet CLUSTERED BY (id) INTO 4 BUCKETS AS SELECT id, explode(tags) AS tag FROM raw.orders;
DELETE FROM mart.u WHERE id IN (SELECT id FROM recent);
DROP VIEW recent;
SELECT * FROM VALUES (1, 'a'), (2, 'b') AS data (n, s);
FROM raw.orders |> WHERE amount > 1 |> SELECT id, amount * 2 AS twice;
