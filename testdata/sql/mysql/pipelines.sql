-- schema: orders(id, customer_id, amount, placed_at)
-- schema: customers(id, email, city)

UPDATE customers c JOIN (SELECT customer_id, SUM(amount) AS total FROM orders GROUP BY customer_id) t ON t.customer_id = c.id SET c.city = t.total, c.email = SHA2(c.email, 256) WHERE c.id > 0 ORDER BY c.id LIMIT 10;
UPDATE IGNORE orders o, customers c SET o.amount = o.amount * 2, c.city = 'x' WHERE o.customer_id = c.id;
DELETE o, c FROM orders AS o INNER JOIN customers AS c ON c.id = o.customer_id WHERE c.city = 'x';
DELETE FROM orders USING orders JOIN gone ON gone.id = orders.id;
INSERT INTO totals (customer_id, total) SELECT customer_id, SUM(amount) FROM orders GROUP BY customer_id ON DUPLICATE KEY UPDATE total = VALUES(total) + totals.total;
INSERT INTO totals (customer_id, total) VALUES (1, 2) AS new (c, t) ON DUPLICATE KEY UPDATE total = new.t;
REPLACE INTO snapshot SELECT id, amount FROM orders;
INSERT INTO one SET id = (SELECT MAX(id) FROM orders), v = 2;
CREATE TEMPORARY TABLE tmp ENGINE = MEMORY SELECT id, amount FROM orders;
CREATE TABLE copy LIKE orders;
RENAME TABLE copy TO copy_old, tmp TO copy;
LOAD DATA LOCAL INFILE '/tmp/o.csv' REPLACE INTO TABLE orders FIELDS TERMINATED BY ',' IGNORE 1 LINES (id, @x, amount) SET placed_at = @x;
SELECT id, amount INTO OUTFILE '/tmp/out.csv' FIELDS TERMINATED BY ',' FROM orders;
SELECT `o`.`id`, JSON_EXTRACT(o.amount, '$.a'), o.amount->>'$.b' AS b, GROUP_CONCAT(DISTINCT o.id ORDER BY o.placed_at SEPARATOR ';') AS ids, IF(o.amount > 1, c.city, c.email) AS v FROM orders o STRAIGHT_JOIN customers c USE INDEX (i) ON c.id = o.customer_id;
SELECT jt.sku FROM carts, JSON_TABLE(carts.payload, '$[*]' COLUMNS (sku VARCHAR(10) PATH '$.sku', NESTED PATH '$.x[*]' COLUMNS (y INT PATH '$'))) AS jt;
CREATE ALGORITHM = MERGE DEFINER = `root`@`localhost` SQL SECURITY DEFINER VIEW v AS SELECT id FROM orders WITH CHECK OPTION;

DELIMITER //
CREATE DEFINER = `root`@`%` PROCEDURE refresh(IN since DATE, OUT n INT)
BEGIN
  DECLARE done INT DEFAULT FALSE;
  DECLARE v_id, v_amount INT;
  DECLARE cur CURSOR FOR SELECT id, amount FROM orders WHERE placed_at > since;
  DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = TRUE;
  SET @top = (SELECT MAX(amount) FROM orders);
  SELECT COUNT(id) INTO n FROM orders;
  OPEN cur;
  read_loop: LOOP
    FETCH cur INTO v_id, v_amount;
    IF done THEN LEAVE read_loop; END IF;
    INSERT INTO seen (id, amount, top) VALUES (v_id, v_amount, @top);
  END LOOP;
  CLOSE cur;
  WHILE n > 0 DO
    INSERT INTO copies SELECT id FROM orders;
    SET n = n - 1;
  END WHILE;
  REPEAT UPDATE orders SET amount = v_amount WHERE id = v_id; UNTIL done END REPEAT;
END //
DELIMITER ;
CREATE TRIGGER tr AFTER INSERT ON orders FOR EACH ROW INSERT INTO audit (id, amount) VALUES (NEW.id, NEW.amount);
