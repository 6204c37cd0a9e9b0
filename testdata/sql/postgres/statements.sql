-- schema: public.people(id, email, address, born)

-- What a DELETE returns can be inserted by the same statement.
WITH gone AS (DELETE FROM public.people WHERE born < '1900-01-01' RETURNING id, email)
INSERT INTO archive.people (person_id, email_hash) SELECT id, md5(email) FROM gone;

INSERT INTO stats.logins (person_id, count, last) SELECT person_id, n, at FROM staging.logins
ON CONFLICT (person_id) DO UPDATE SET count = stats.logins.count + excluded.count, last = excluded.last;

SELECT p.id, tag.value AS tag FROM public.people p, LATERAL jsonb_array_elements_text(p.address -> 'tags') AS tag(value);

SELECT DISTINCT ON (p.email) p.email, p.born::date AS born FROM public.people p ORDER BY p.email, p.id DESC;

CREATE TEMP TABLE recent AS SELECT id, email FROM public.people WHERE born > '2000-01-01';

INSERT INTO mail.queue SELECT * FROM recent;

UPDATE public.people SET (email, address) = (SELECT n.email, n.address FROM staging.new_people n WHERE n.id = people.id);

COPY (SELECT id, email FROM public.people) TO '/exports/people.csv' WITH (FORMAT csv);

CREATE FUNCTION stats.refresh(p_year int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_total numeric;
  r record;
BEGIN
  SELECT sum(amount) INTO v_total FROM sales.invoices WHERE year = p_year;
  INSERT INTO stats.years (year, total) VALUES (p_year, v_total);
  FOR r IN SELECT region, amount FROM sales.invoices LOOP
    UPDATE stats.regions SET amount = r.amount WHERE region = r.region;
  END LOOP;
END;
$$;
