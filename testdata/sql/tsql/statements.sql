-- schema: dbo.Accounts(Id, Owner, Iban, Balance)

SELECT [Name] = a.Owner, Masked = HASHBYTES('SHA2_256', a.Iban) FROM dbo.Accounts a WITH (NOLOCK);

SELECT TOP (10) a.Owner, t.Amount INTO #top FROM dbo.Accounts a CROSS APPLY (SELECT TOP 1 x.Amount FROM dbo.Transfers x WHERE x.AccountId = a.Id ORDER BY x.At DESC) t;

INSERT INTO dbo.TopAccounts (Owner, Amount) SELECT Owner, Amount FROM #top;

UPDATE a SET a.Balance = a.Balance + t.Amount FROM dbo.Accounts AS a JOIN dbo.Transfers AS t ON t.AccountId = a.Id;

MERGE dbo.Accounts AS t USING dbo.NewAccounts AS s ON t.Id = s.Id
WHEN MATCHED THEN UPDATE SET Owner = s.Owner
WHEN NOT MATCHED BY TARGET THEN INSERT (Id, Owner) VALUES (s.Id, s.Owner)
WHEN NOT MATCHED BY SOURCE THEN DELETE;

EXEC sp_executesql N'INSERT INTO dbo.Log (AccountId) SELECT Id FROM dbo.Accounts WHERE Owner = ''x''';
GO

-- No semicolons, and the value goes through a variable.
CREATE PROCEDURE dbo.Close @Day date AS
BEGIN
  SET NOCOUNT ON
  DECLARE @total money
  SELECT @total = SUM(Balance) FROM dbo.Accounts
  IF EXISTS (SELECT 1 FROM dbo.Holidays WHERE Day = @Day)
    INSERT INTO dbo.Skipped (Day) VALUES (@Day)
  ELSE
  BEGIN
    INSERT INTO dbo.Days (Day, Total) VALUES (@Day, @total)
    DELETE FROM dbo.Pending WHERE Day = @Day
  END
END
GO
