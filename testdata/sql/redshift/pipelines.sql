-- schema: public.orders(id, customer_id, amount, placed_at, payload)

CREATE TABLE #stage (LIKE public.orders);
INSERT INTO #stage SELECT * FROM public.orders;
CREATE TEMP TABLE t DISTKEY (id) SORTKEY (id) AS SELECT id, amount FROM public.orders;
MERGE INTO mart.orders USING t ON mart.orders.id = t.id WHEN MATCHED THEN UPDATE SET amount = t.amount WHEN NOT MATCHED THEN INSERT (id, amount) VALUES (t.id, t.amount);
MERGE INTO mart.orders USING t ON mart.orders.id = t.id REMOVE DUPLICATES;
DELETE FROM mart.orders USING t WHERE t.id = mart.orders.id;
UPDATE mart.orders SET amount = s.total FROM (SELECT id, SUM(amount) AS total FROM t GROUP BY id) s WHERE s.id = mart.orders.id;
SELECT id, amount INTO mart.backup FROM public.orders;
UNLOAD ('SELECT id, amount FROM public.orders WHERE placed_at > ''2024-01-01''') TO 's3://out/' IAM_ROLE 'arn' PARQUET;
COPY public.orders (id, amount) FROM 's3://in/' IAM_ROLE 'arn' FORMAT AS CSV;
SELECT o.id, p.sku, p.tags[0].name AS n FROM public.orders o, o.payload.items p;
ALTER TABLE mart.orders APPEND FROM mart.orders_stage;
CREATE MATERIALIZED VIEW mart.mv AUTO REFRESH YES AS SELECT customer_id, SUM(amount) AS s FROM public.orders GROUP BY 1;
CREATE VIEW mart.late AS SELECT id FROM ext.orders WITH NO SCHEMA BINDING;
SELECT * FROM (SELECT customer_id, amount, EXTRACT(month FROM placed_at) AS m FROM public.orders) PIVOT (SUM(amount) FOR m IN (1 AS jan, 2));
CREATE OR REPLACE PROCEDURE mart.load(since IN date) AS $$
DECLARE rec RECORD; n int;
BEGIN
  SELECT INTO n COUNT(*) FROM public.orders;
  FOR rec IN SELECT id, amount FROM public.orders LOOP
    INSERT INTO mart.seen VALUES (rec.id, rec.amount);
  END LOOP;
  EXECUTE 'INSERT INTO mart.dyn SELECT id FROM public.orders';
  TRUNCATE mart.tmp;
END;
$$ LANGUAGE plpgsql;
