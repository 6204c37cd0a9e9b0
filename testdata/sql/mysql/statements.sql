-- schema: shop.stock(sku, quantity, price)
-- schema: shop.moves(sku, delta, price)

INSERT INTO shop.stock (sku, quantity) SELECT sku, delta FROM shop.moves
ON DUPLICATE KEY UPDATE quantity = quantity + VALUES(quantity);

UPDATE shop.stock s JOIN shop.moves m ON m.sku = s.sku SET s.quantity = s.quantity + m.delta, s.price = m.price;

REPLACE INTO shop.prices SELECT sku, price FROM shop.moves;

DELETE s FROM shop.stock s JOIN shop.moves m ON m.sku = s.sku WHERE m.delta = 0;

SELECT group_concat(DISTINCT sku ORDER BY price SEPARATOR ', ') AS skus, if(quantity > 0, price, 0) AS shown FROM shop.stock;

LOAD DATA INFILE '/imports/moves.csv' INTO TABLE shop.moves FIELDS TERMINATED BY ',';

CREATE PROCEDURE shop.close_day(IN p_day date)
BEGIN
  DECLARE v_total int DEFAULT 0;
  SELECT sum(quantity) INTO v_total FROM shop.stock;
  IF v_total > 0 THEN
    INSERT INTO shop.days (day, total) VALUES (p_day, v_total);
  END IF;
END;
