/** Words that decide where something ends, because they cannot be names there. */

export const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Words that begin a statement: T-SQL needs no semicolon before them, so none of them can be an alias. */
export const STATEMENT_WORDS = words(
  `SELECT INSERT UPDATE DELETE MERGE DECLARE EXEC EXECUTE CREATE DROP ALTER TRUNCATE WHILE IF BEGIN END RETURN PRINT
  THROW RAISERROR GRANT REVOKE COMMIT ROLLBACK SET CALL ELSE ELSEIF ELSIF WITH GO`,
);

/** More of them in T-SQL, where they are reserved; elsewhere they are names. */
export const TSQL_STATEMENT_WORDS = words('FETCH OPEN CLOSE DEALLOCATE USE BREAK CONTINUE GOTO WAITFOR SAVE DBCC');

export const NOT_ITEM_ALIAS = new Set([
  ...STATEMENT_WORDS,
  ...words(
    `FROM WHERE GROUP HAVING ORDER UNION INTERSECT EXCEPT MINUS INTO LIMIT QUALIFY FOR LATERAL JOIN ON USING WHEN THEN AS AND
    OR PREWHERE RETURNING LOOP DO VALUES`,
  ),
]);

export const JOIN_WORDS = words(
  `JOIN INNER LEFT RIGHT FULL CROSS NATURAL OUTER ASOF SEMI ANTI STRAIGHT_JOIN POSITIONAL GLOBAL ARRAY PASTE`,
);

export const NOT_TABLE_ALIAS = new Set([
  ...NOT_ITEM_ALIAS,
  ...JOIN_WORDS,
  ...words(
    `WINDOW FETCH CLUSTER DISTRIBUTE SORT START CONNECT OPTION SETTINGS BULK APPLY LATERAL PIVOT UNPIVOT TABLESAMPLE SAMPLE FINAL MATCH_RECOGNIZE OFFSET WITHIN SET VALUES OUTPUT DEFAULT
    PARTITION USE FORCE IGNORE MATCH_CONDITION CHANGES AT BEFORE FORMAT MODEL SEARCH CYCLE INDEXED NOT IS BY OVERWRITE
    LIMIT`,
  ),
]);

export const SET_WORDS = words('UNION INTERSECT EXCEPT MINUS');

/** Where a table must stand, these say that it is missing; every other word is its name. */
export const NOT_TABLE = new Set([...NOT_ITEM_ALIAS, ...JOIN_WORDS]);
