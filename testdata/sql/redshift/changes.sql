UPDATE t SET v = s.v FROM s JOIN u ON u.i = s.i WHERE t.i = s.i; UPDATE t SET v = DEFAULT;
