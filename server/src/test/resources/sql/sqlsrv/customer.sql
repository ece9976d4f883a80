SET DATEFORMAT ymd
SELECT SCHEMA_NAME()[]
SELECT s.name, o.name, CASE o.type WHEN 'V' THEN 1 ELSE 0 END, CAST(p.value AS nvarchar(4000))
FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
  LEFT JOIN sys.extended_properties p
    ON p.class = 1 AND p.major_id = o.object_id AND p.minor_id = 0 AND p.name = 'MS_Description'
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 ORDER BY o.name, s.name
SELECT SCHEMA_NAME()[]
SELECT c.name,
  t.name + CASE
    WHEN t.name IN ('decimal', 'numeric') THEN CONCAT('(', c.precision, ',', c.scale, ')')
    WHEN t.name IN ('datetime2', 'datetimeoffset', 'time') THEN CONCAT('(', c.scale, ')')
    WHEN t.name IN ('char', 'varchar', 'binary', 'varbinary', 'nchar', 'nvarchar') AND c.max_length < 0 THEN '(max)'
    WHEN t.name IN ('char', 'varchar', 'binary', 'varbinary') THEN CONCAT('(', c.max_length, ')')
    WHEN t.name IN ('nchar', 'nvarchar') THEN CONCAT('(', c.max_length / 2, ')')
    ELSE '' END,
  d.definition, c.is_nullable, c.is_identity,
  CASE WHEN c.is_computed = 1 OR t.name IN ('timestamp', 'rowversion') THEN 1 ELSE 0 END,
  CAST(p.value AS nvarchar(4000))
FROM sys.columns c JOIN sys.objects o ON o.object_id = c.object_id JOIN sys.schemas s ON s.schema_id = o.schema_id
  JOIN sys.types t ON t.user_type_id = COALESCE(
    (SELECT b.user_type_id FROM sys.types b WHERE b.user_type_id = c.system_type_id AND b.is_user_defined = 0),
    c.user_type_id)
  LEFT JOIN sys.default_constraints d ON d.object_id = c.default_object_id
  LEFT JOIN sys.extended_properties p
    ON p.class = 1 AND p.major_id = c.object_id AND p.minor_id = c.column_id AND p.name = 'MS_Description'
WHERE s.name = ? AND o.name = ? ORDER BY c.column_id
SELECT SCHEMA_NAME()[]
SELECT [id], [name], [active], CONVERT(varchar(27), [seen_at], 121) AS [seen_at], [credit], [place].ToString() AS [place], CAST([doc] AS nvarchar(max)) AS [doc] FROM [dbo].[customer] ORDER BY (SELECT NULL) OFFSET ? ROWS FETCH NEXT ? ROWS ONLY[Long 0, Long 2]
SELECT [name] FROM [dbo].[customer] ORDER BY CASE WHEN [name] IS NULL THEN 1 ELSE 0 END, [name] DESC OFFSET ? ROWS FETCH NEXT ? ROWS ONLY[Long 4, Long 2]
SELECT DISTINCT [name] FROM [dbo].[customer] ORDER BY 1 OFFSET ? ROWS FETCH NEXT ? ROWS ONLY[Long 0, Long 3]
SELECT [name], COUNT(*) AS [COUNT_ALL], CONVERT(varchar(27), MAX([seen_at]), 121) AS [MAX_seen_at] FROM [dbo].[customer] WHERE ([active] = ?) GROUP BY [name] ORDER BY (SELECT NULL) OFFSET ? ROWS FETCH NEXT ? ROWS ONLY[Boolean true, Long 0, Long 1000]
SELECT COUNT(*) FROM [dbo].[customer] WHERE (([name] LIKE ? ESCAPE '!' AND [seen_at] > ?))[String a%, String 2026-01-02 00:00:00]
SELECT [id], [name], [active], CONVERT(varchar(27), [seen_at], 121) AS [seen_at], [credit], [place].ToString() AS [place], CAST([doc] AS nvarchar(max)) AS [doc] FROM [dbo].[customer] WHERE (CAST([id] AS nvarchar(max)) LIKE ? ESCAPE '!') ORDER BY (SELECT NULL) OFFSET ? ROWS FETCH NEXT ? ROWS ONLY[String %4%, Long 0, Long 1]
SELECT [id], [name], [active], CONVERT(varchar(27), [seen_at], 121) AS [seen_at], [credit], [place].ToString() AS [place], CAST([doc] AS nvarchar(max)) AS [doc] FROM [dbo].[customer] WHERE [id] = ?[Long 5]
INSERT INTO [dbo].[customer] ([name], [active], [credit], [seen_at]) VALUES (?, ?, ?, CAST(? AS datetime2(3)))[String Ann, Boolean true, BigDecimal 12345678901234567890.5, String 2026-01-02 03:04:05.678] keys [id]
UPDATE [dbo].[customer] SET [seen_at] = CAST(? AS datetime2(3)) WHERE [id] = ?[null, Long 3]
SELECT [id] FROM [dbo].[customer] WHERE [id] = ?[Long 5]
DELETE FROM [dbo].[customer][]
SELECT SCHEMA_NAME()[]
SELECT s.name, o.name, CASE o.type WHEN 'V' THEN 1 ELSE 0 END, CAST(p.value AS nvarchar(4000))
FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
  LEFT JOIN sys.extended_properties p
    ON p.class = 1 AND p.major_id = o.object_id AND p.minor_id = 0 AND p.name = 'MS_Description'
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 ORDER BY o.name, s.name
SELECT SCHEMA_NAME()[]
SELECT s.name, o.name, CASE o.type WHEN 'V' THEN 1 ELSE 0 END, CAST(p.value AS nvarchar(4000))
FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
  LEFT JOIN sys.extended_properties p
    ON p.class = 1 AND p.major_id = o.object_id AND p.minor_id = 0 AND p.name = 'MS_Description'
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 ORDER BY o.name, s.name
CREATE TABLE [made] ([id] int IDENTITY PRIMARY KEY, [title] nvarchar(40) DEFAULT N'it''s' NOT NULL, [n] bigint, [price] decimal(8,3) NOT NULL, [ok] bit DEFAULT 1 NOT NULL, [at] datetime2 DEFAULT CURRENT_TIMESTAMP NOT NULL, [raw] varbinary(max) NOT NULL, [body] nvarchar(max) NOT NULL, [u] uniqueidentifier NOT NULL, [d] float NOT NULL)
DECLARE @schema sysname = SCHEMA_NAME(); EXEC sp_addextendedproperty N'MS_Description', N'it''s', N'SCHEMA', @schema, N'TABLE', N'made'
SELECT SCHEMA_NAME()[]
SELECT s.name, o.name, CASE o.type WHEN 'V' THEN 1 ELSE 0 END, CAST(p.value AS nvarchar(4000))
FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
  LEFT JOIN sys.extended_properties p
    ON p.class = 1 AND p.major_id = o.object_id AND p.minor_id = 0 AND p.name = 'MS_Description'
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 ORDER BY o.name, s.name
SELECT SCHEMA_NAME()[]
SELECT s.name, o.name, CASE o.type WHEN 'V' THEN 1 ELSE 0 END, CAST(p.value AS nvarchar(4000))
FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
  LEFT JOIN sys.extended_properties p
    ON p.class = 1 AND p.major_id = o.object_id AND p.minor_id = 0 AND p.name = 'MS_Description'
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 ORDER BY o.name, s.name
SELECT SCHEMA_NAME()[]
SELECT c.name,
  t.name + CASE
    WHEN t.name IN ('decimal', 'numeric') THEN CONCAT('(', c.precision, ',', c.scale, ')')
    WHEN t.name IN ('datetime2', 'datetimeoffset', 'time') THEN CONCAT('(', c.scale, ')')
    WHEN t.name IN ('char', 'varchar', 'binary', 'varbinary', 'nchar', 'nvarchar') AND c.max_length < 0 THEN '(max)'
    WHEN t.name IN ('char', 'varchar', 'binary', 'varbinary') THEN CONCAT('(', c.max_length, ')')
    WHEN t.name IN ('nchar', 'nvarchar') THEN CONCAT('(', c.max_length / 2, ')')
    ELSE '' END,
  d.definition, c.is_nullable, c.is_identity,
  CASE WHEN c.is_computed = 1 OR t.name IN ('timestamp', 'rowversion') THEN 1 ELSE 0 END,
  CAST(p.value AS nvarchar(4000))
FROM sys.columns c JOIN sys.objects o ON o.object_id = c.object_id JOIN sys.schemas s ON s.schema_id = o.schema_id
  JOIN sys.types t ON t.user_type_id = COALESCE(
    (SELECT b.user_type_id FROM sys.types b WHERE b.user_type_id = c.system_type_id AND b.is_user_defined = 0),
    c.user_type_id)
  LEFT JOIN sys.default_constraints d ON d.object_id = c.default_object_id
  LEFT JOIN sys.extended_properties p
    ON p.class = 1 AND p.major_id = c.object_id AND p.minor_id = c.column_id AND p.name = 'MS_Description'
WHERE s.name = ? AND o.name = ? ORDER BY c.column_id
ALTER TABLE [dbo].[customer] ADD [more] int
