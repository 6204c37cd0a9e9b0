-- schema: lake.web.visits(user_id, pages, country)

SELECT v.user_id, p.page, p.n FROM lake.web.visits v CROSS JOIN UNNEST(v.pages) WITH ORDINALITY AS p (page, n);

CREATE TABLE lake.web.by_country WITH (format = 'ORC', partitioned_by = ARRAY['country']) AS
SELECT approx_distinct(user_id) AS users, country FROM lake.web.visits GROUP BY country;

INSERT INTO lake.web.flat SELECT json_extract_scalar(doc, '$.user') AS user_id, transform(list, x -> x + base) FROM lake.web.raw;

SELECT user_id, page FROM (VALUES (1, 'a'), (2, 'b')) AS t (user_id, page);

SELECT * FROM lake.web.steps MATCH_RECOGNIZE (
  PARTITION BY user_id ORDER BY at MEASURES first(A.url) AS entry, last(B.url) AS leave
  ONE ROW PER MATCH PATTERN (A B+) DEFINE B AS B.at > A.at) AS m;
