-- schema: dwh.orders(id, customer_id, amount, placed_at)

CREATE VOLATILE TABLE vt AS (SELECT id, amount FROM dwh.orders) WITH DATA PRIMARY INDEX (id) ON COMMIT PRESERVE ROWS;
CREATE MULTISET TABLE mart.copy AS dwh.orders WITH NO DATA;
CREATE TABLE mart.full AS dwh.orders WITH DATA;
INS INTO mart.t (id, v) SEL id, amount FROM vt;
UPDATE t FROM mart.t AS t, dwh.orders AS o SET v = o.amount, w = o.placed_at (FORMAT 'YYYY-MM-DD') WHERE t.id = o.id;
DEL FROM mart.t WHERE id IN (SEL id FROM vt);
MERGE INTO mart.t AS t USING (SEL id, amount FROM dwh.orders) AS s (i, a) ON t.id = s.i WHEN MATCHED THEN UPDATE SET v = s.a WHEN NOT MATCHED THEN INSERT (s.i, s.a);
LOCKING TABLE dwh.orders FOR ACCESS SELECT TOP 10 customer_id, SUM(amount) (DECIMAL(18, 2)) AS total, RANK() OVER (ORDER BY SUM(amount) DESC) AS r FROM dwh.orders GROUP BY 1 QUALIFY r <= 5;
REPLACE VIEW mart.v AS LOCKING ROW FOR ACCESS SELECT id, amount (NAMED a), CASE_N(amount > 1, NO CASE) AS c FROM dwh.orders;
UPDATE mart.t SET v = 1 WHERE id = 2 ELSE INSERT (id, v) VALUES (2, 1);
SELECT id, amount / NULLIFZERO(customer_id) AS x, placed_at - INTERVAL '1' DAY AS y, ZEROIFNULL(amount) AS z FROM dwh.orders SAMPLE 10;
REPLACE PROCEDURE mart.load (IN p_d DATE)
BEGIN
  DECLARE v INTEGER DEFAULT 0;
  SELECT MAX(id) INTO :v FROM dwh.orders;
  INSERT INTO mart.log (m) VALUES (:v);
  FOR c AS cur CURSOR FOR SELECT id AS i FROM dwh.orders DO
    INSERT INTO mart.seen (id) VALUES (c.i);
  END FOR;
END;
