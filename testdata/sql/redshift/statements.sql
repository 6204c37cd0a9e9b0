-- schema: public.visits(visit_id, user_id, url, at)

CREATE TABLE #sessions DISTKEY (user_id) SORTKEY (at) AS SELECT user_id, min(at) AS at FROM public.visits GROUP BY user_id;

INSERT INTO reports.sessions SELECT * FROM #sessions;

UNLOAD ('SELECT user_id, url FROM public.visits WHERE url <> ''''') TO 's3://exports/visits/' IAM_ROLE default PARQUET;

COPY public.visits FROM 's3://landing/visits/' IAM_ROLE default FORMAT PARQUET;

SELECT lower(url) AS page, page || '?user=' || user_id AS link FROM public.visits;

ALTER TABLE public.visits APPEND FROM staging.visits;
