UPDATE t SET a = s.a FROM (SELECT * FROM s) s WHERE s.i = t.i; UPDATE t SET (a, b) = (1, c);
