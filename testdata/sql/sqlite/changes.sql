UPDATE t SET a = s.b FROM s WHERE s.i = t.i; INSERT INTO t SELECT a, b FROM s WHERE true ON CONFLICT (a) DO UPDATE SET b = excluded.b || t.b; UPDATE OR IGNORE t SET a = b;
