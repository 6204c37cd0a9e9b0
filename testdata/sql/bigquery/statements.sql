-- schema: shop.sales.orders(order_id, customer, items, total)

SELECT o.order_id, o.customer.address.city AS city, item.sku, pos
FROM `shop.sales.orders` AS o, UNNEST(o.items) AS item WITH OFFSET AS pos;

SELECT * EXCEPT (items) REPLACE (round(total, 2) AS total) FROM `shop.sales.orders`;

-- A wildcard over shards reads one dataset.
SELECT user_id, event FROM `shop.web.events_2024*` WHERE _TABLE_SUFFIX > '0601';

FROM `shop.sales.orders`
|> WHERE total > 10
|> EXTEND total * 1.19 AS gross
|> AGGREGATE sum(gross) AS revenue GROUP BY order_id
|> SELECT order_id, revenue;

MERGE sales.totals t USING sales.updates u ON t.id = u.id
WHEN MATCHED THEN UPDATE SET total = u.total
WHEN NOT MATCHED BY TARGET THEN INSERT ROW;

CREATE OR REPLACE TABLE sales.by_day PARTITION BY day CLUSTER BY region AS
SELECT date(placed_at) AS day, region, sum(total) AS total FROM sales.all_orders GROUP BY 1, 2;

EXPORT DATA OPTIONS (uri = 'gs://exports/orders-*.csv', format = 'CSV') AS SELECT order_id, total FROM sales.all_orders;

SELECT * FROM (SELECT region, quarter, total FROM sales.quarters) PIVOT (sum(total) AS t FOR quarter IN ('Q1' AS q1, 'Q2' AS q2));
