UPDATE t SET t.a = (SELECT max(x) FROM s), b = upper(b) WHERE EXISTS (SELECT 1 FROM s WHERE s.i = t.i);
