REPLACE VIEW mart.active AS LOCKING ROW FOR ACCESS
SELECT id, name (TITLE 'Full name') FROM core.people QUALIFY rank() OVER (PARTITION BY id ORDER BY since DESC) = 1;

CREATE VOLATILE TABLE vt AS (SELECT id, sum(amount) AS amount FROM core.payments GROUP BY id) WITH DATA PRIMARY INDEX (id) ON COMMIT PRESERVE ROWS;

INS INTO mart.payments SEL id, amount FROM vt;

UPD mart.payments FROM core.fees f SET amount = amount + f.fee WHERE mart.payments.id = f.id;

SEL id FROM core.people WHERE age GT 18 MINUS SEL id FROM privacy.erased;
