UPDATE a FROM db.t a, (SEL id, v FROM db.s) b SET v = b.v WHERE a.id = b.id;
