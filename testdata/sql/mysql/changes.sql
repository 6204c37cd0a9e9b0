UPDATE a, b SET a.x = b.y, b.z = a.w WHERE a.i = b.i;

UPDATE a LEFT JOIN b ON a.i = b.i INNER JOIN c USING (k) SET a.x = IFNULL(b.y, c.z);
