-- schema: SALES.ORDERS(ID, CUSTOMER_ID, AMOUNT, PLACED_AT)
-- schema: SALES.CUSTOMERS(ID, EMAIL, CITY)

MERGE /*+ PARALLEL(4) */ INTO mart.customers t
USING (SELECT c.id, c.email, c.city FROM sales.customers c WHERE c.city <> 'x') s
ON (t.id = s.id)
WHEN MATCHED THEN UPDATE SET t.city = s.city, t.email_hash = STANDARD_HASH(s.email, 'SHA256') WHERE t.city <> s.city DELETE WHERE s.city = 'gone'
WHEN NOT MATCHED THEN INSERT (t.id, t.email_hash) VALUES (s.id, STANDARD_HASH(s.email, 'SHA256')) WHERE s.city IS NOT NULL;

UPDATE sales.customers c SET (email, city) = (SELECT n.email, UPPER(n.city) FROM stage.customers n WHERE n.id = c.id) WHERE EXISTS (SELECT 1 FROM stage.customers n WHERE n.id = c.id);
UPDATE (SELECT o.amount AS old, n.amount AS new FROM sales.orders o JOIN stage.orders n ON n.id = o.id) SET old = new;

INSERT ALL INTO mart.a (id, v) VALUES (id, amount) INTO mart.b (id) VALUES (id) SELECT o.id, o.amount FROM sales.orders o;
INSERT FIRST WHEN amount > 10 THEN INTO mart.big VALUES (id, amount) ELSE INTO mart.small (id) VALUES (id) SELECT id, amount FROM sales.orders;
INSERT /*+ APPEND */ INTO mart.dual_test (id, at) SELECT seq.NEXTVAL, SYSDATE FROM dual;

SELECT LEVEL AS depth, e.name, PRIOR e.name AS boss, SYS_CONNECT_BY_PATH(e.name, '/') AS path, CONNECT_BY_ROOT e.name AS top
FROM emp e START WITH e.mgr IS NULL CONNECT BY PRIOR e.id = e.mgr ORDER SIBLINGS BY e.name;

SELECT o.id, c.city FROM sales.orders o, sales.customers c WHERE o.customer_id = c.id (+) AND ROWNUM <= 10;
SELECT customer_id, LISTAGG(id, ',') WITHIN GROUP (ORDER BY placed_at) ids, MAX(amount) KEEP (DENSE_RANK LAST ORDER BY placed_at) last_amount, DECODE(SUM(amount), 0, NULL, COUNT(*)) d, NVL(MIN(amount), 0) m FROM sales.orders GROUP BY customer_id;
SELECT * FROM (SELECT customer_id, amount, TO_CHAR(placed_at, 'Q') q FROM sales.orders) PIVOT (SUM(amount) AS total FOR q IN ('1' AS q1, '2' AS q2));
CREATE GLOBAL TEMPORARY TABLE tmp_orders ON COMMIT PRESERVE ROWS AS SELECT id, amount FROM sales.orders;
CREATE OR REPLACE FORCE VIEW mart.v (a, b) AS SELECT id, amount FROM sales.orders WITH READ ONLY;
CREATE MATERIALIZED VIEW mart.mv BUILD IMMEDIATE REFRESH FAST ON COMMIT AS SELECT customer_id, SUM(amount) total FROM sales.orders GROUP BY customer_id;
ALTER TABLE mart.parts EXCHANGE PARTITION p1 WITH TABLE mart.stage INCLUDING INDEXES;

CREATE OR REPLACE PROCEDURE mart.load (p_since IN DATE, p_n OUT NUMBER) AS
  CURSOR c_orders (p_d DATE) IS SELECT o.id, o.amount FROM sales.orders o WHERE o.placed_at > p_d;
  r_order c_orders%ROWTYPE;
  v_max sales.orders.amount%TYPE;
  TYPE t_ids IS TABLE OF NUMBER;
  l_ids t_ids;
BEGIN
  SELECT MAX(amount), COUNT(*) INTO v_max, p_n FROM sales.orders;
  OPEN c_orders(p_since);
  LOOP
    FETCH c_orders INTO r_order;
    EXIT WHEN c_orders%NOTFOUND;
    INSERT INTO mart.seen (id, amount, top) VALUES (r_order.id, r_order.amount, v_max);
  END LOOP;
  CLOSE c_orders;
  FOR rec IN (SELECT id, city FROM sales.customers) LOOP
    UPDATE mart.customers SET city = rec.city WHERE id = rec.id;
  END LOOP;
  SELECT id BULK COLLECT INTO l_ids FROM sales.customers;
  FORALL i IN 1 .. l_ids.COUNT
    INSERT INTO mart.ids (id) VALUES (l_ids(i));
  CASE WHEN v_max > 1 THEN INSERT INTO mart.flag (v) VALUES (v_max); ELSE NULL; END CASE;
  EXECUTE IMMEDIATE 'INSERT INTO mart.dyn (id) SELECT id FROM sales.customers';
  COMMIT;
EXCEPTION
  WHEN NO_DATA_FOUND THEN
    INSERT INTO mart.errors (msg) VALUES (SQLERRM);
    RAISE;
END load;
/
CREATE OR REPLACE PACKAGE BODY mart.pkg AS
  PROCEDURE one IS
  BEGIN
    INSERT INTO mart.one (id) SELECT id FROM sales.orders;
  END one;
  FUNCTION two RETURN NUMBER IS
    v NUMBER;
  BEGIN
    SELECT MAX(amount) INTO v FROM sales.orders;
    RETURN v;
  END two;
END pkg;
/
