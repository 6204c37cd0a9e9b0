-- schema: dbo.Customer(Id, Email, City)
-- schema: dbo.DimCustomer(CustomerKey, EmailHash, City, ValidTo)
-- schema: dbo.Orders(OrderId, CustomerId, Amount, PlacedAt)

MERGE TOP (100) PERCENT INTO dbo.DimCustomer WITH (HOLDLOCK) AS tgt
USING (SELECT Id, Email, City FROM dbo.Customer) AS src (Id, Email, Town)
ON tgt.CustomerKey = src.Id
WHEN MATCHED AND tgt.City <> src.Town THEN UPDATE SET tgt.City = src.Town, tgt.ValidTo = GETDATE()
WHEN NOT MATCHED BY TARGET THEN INSERT (CustomerKey, EmailHash, City) VALUES (src.Id, HASHBYTES('SHA2_256', src.Email), src.Town)
WHEN NOT MATCHED BY SOURCE THEN DELETE
OUTPUT $action, inserted.CustomerKey, deleted.City INTO dbo.MergeLog (act, k, c)
OPTION (RECOMPILE);

UPDATE d SET d.City = c.City, EmailHash = HASHBYTES('SHA2_256', c.Email)
FROM dbo.DimCustomer d INNER JOIN dbo.Customer c ON c.Id = d.CustomerKey WHERE c.City IS NOT NULL;

DELETE d FROM dbo.DimCustomer AS d LEFT JOIN dbo.Customer AS c ON c.Id = d.CustomerKey WHERE c.Id IS NULL;

;WITH ranked AS (
  SELECT o.*, ROW_NUMBER() OVER (PARTITION BY CustomerId ORDER BY PlacedAt DESC) AS rn FROM dbo.Orders o
)
DELETE FROM ranked WHERE rn > 1;

WITH t AS (SELECT City, ValidTo FROM dbo.DimCustomer) UPDATE t SET City = UPPER(City);

SELECT TOP (10) WITH TIES o.CustomerId, [total amount] = SUM(o.Amount) INTO #top FROM [dbo].[Orders] o WITH (NOLOCK)
GROUP BY o.CustomerId ORDER BY SUM(o.Amount) DESC;

INSERT INTO dbo.Report (CustomerId, Total, LastOrder)
SELECT t.CustomerId, t.[total amount], x.PlacedAt FROM #top t
OUTER APPLY (SELECT TOP 1 o.PlacedAt FROM dbo.Orders o WHERE o.CustomerId = t.CustomerId ORDER BY o.PlacedAt DESC) x;

SELECT p.CustomerId, p.[2023], p.[2024]
FROM (SELECT CustomerId, YEAR(PlacedAt) AS y, Amount FROM dbo.Orders) s
PIVOT (SUM(Amount) FOR y IN ([2023], [2024])) AS p;

SELECT j.sku, j.qty FROM dbo.Carts c CROSS APPLY OPENJSON(c.Payload, '$.lines') WITH (sku varchar(10) '$.sku', qty int '$.q') AS j;

ALTER TABLE dbo.OrdersStage SWITCH PARTITION 1 TO dbo.Orders PARTITION 1;
EXEC sp_rename 'dbo.Old', 'New';
GO

CREATE OR ALTER PROCEDURE dbo.LoadDim @since datetime2 = NULL, @rows int OUTPUT
AS
BEGIN
  SET NOCOUNT ON;
  DECLARE @last datetime2, @id int;
  DECLARE @stage TABLE (Id int, City nvarchar(50));
  SELECT @last = MAX(PlacedAt) FROM dbo.Orders;
  BEGIN TRY
    BEGIN TRANSACTION
    INSERT INTO @stage (Id, City) SELECT Id, City FROM dbo.Customer
    IF EXISTS (SELECT 1 FROM @stage)
    BEGIN
      INSERT dbo.DimCustomer (CustomerKey, City, ValidTo)
      SELECT s.Id, CASE WHEN s.City = '' THEN NULL ELSE s.City END, @last FROM @stage s
    END
    ELSE
      UPDATE dbo.DimCustomer SET ValidTo = @last WHERE CustomerKey = 1
    DECLARE cur CURSOR LOCAL FAST_FORWARD FOR SELECT Id FROM @stage
    OPEN cur
    FETCH NEXT FROM cur INTO @id
    WHILE @@FETCH_STATUS = 0
    BEGIN
      INSERT INTO dbo.Audit (CustomerId) VALUES (@id)
      FETCH NEXT FROM cur INTO @id
    END
    CLOSE cur
    DEALLOCATE cur
    EXEC sp_executesql N'INSERT INTO dbo.Copy (Id) SELECT Id FROM dbo.Customer'
    EXEC (N'TRUNCATE TABLE dbo.Tmp')
    COMMIT
  END TRY
  BEGIN CATCH
    ROLLBACK
    INSERT INTO dbo.Errors (msg) SELECT ERROR_MESSAGE()
  END CATCH
END
GO
