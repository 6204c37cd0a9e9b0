FROM 'sales/2024.parquet' SELECT region, amount WHERE amount > 0;

CREATE TABLE totals AS SELECT region, sum(amount) AS total FROM read_csv('sales/old.csv') GROUP BY ALL;

INSERT INTO totals BY NAME SELECT sum(amount) AS total, area AS region FROM staging.sales GROUP BY area;

SELECT list_transform(prices, p -> p * rate) AS converted, {'low': lo, 'high': hi} AS range_of FROM quotes;

SELECT region, '2023' AS y2023 FROM totals;

PIVOT staging.sales ON year USING sum(amount) GROUP BY region;

UNPIVOT wide.months ON jan, feb INTO NAME month VALUE amount;

COPY totals TO 'out/totals.parquet' (FORMAT parquet);
