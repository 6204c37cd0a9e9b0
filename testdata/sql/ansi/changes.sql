-- schema: mart.totals(customer_id, total, orders)

-- Names of the target come from its schema.
INSERT INTO mart.totals SELECT o.customer_id, sum(o.amount), count(o.order_id) FROM shop.orders o GROUP BY o.customer_id;

CREATE VIEW mart.cities (city, customers) AS SELECT lower(city), count(customer_id) FROM shop.customers GROUP BY city;

UPDATE mart.totals SET total = total + d.delta FROM staging.deltas d WHERE mart.totals.customer_id = d.customer_id;

MERGE INTO mart.totals AS t
USING (SELECT customer_id, sum(amount) AS total FROM staging.orders GROUP BY customer_id) AS s
ON t.customer_id = s.customer_id
WHEN MATCHED AND s.total > 0 THEN UPDATE SET total = s.total
WHEN NOT MATCHED THEN INSERT (customer_id, total) VALUES (s.customer_id, s.total);

DELETE FROM mart.totals WHERE customer_id IN (SELECT customer_id FROM privacy.erased);

CREATE TABLE mart.copy LIKE mart.totals;

ALTER TABLE mart.copy RENAME TO mart.totals_old;

DROP TABLE mart.totals_old;
