/**
 * Scripts: statements one after another, procedures and their control flow. Control flow is transparent: what stands in a
 * branch or a loop may run, so its statements count.
 */
import { Cursor, clip, type Remark } from './cursor.ts';
import type { DiagnosticCode } from './diagnostic.ts';
import type { DialectTraits } from './dialect.ts';
import { afterType, expression } from './expression.ts';
import { STATEMENT_WORDS, TSQL_STATEMENT_WORDS } from './keyword.ts';
import { tablePath, variableName } from './name.ts';
import { isQueryGroup, query, startsQuery } from './query.ts';
import { Variables } from './scope.ts';
import { fromList, plainItem } from './source.ts';
import { alter, applyChanges, createHead, createRelation, dml, transfer, type CreateHead } from './statement.ts';
import { T, tokenize } from './token.ts';
import type { Expression, Path, Query, Statement } from './tree.ts';

/** These say nothing about data, and their words must not be read as statements: `GRANT SELECT ON t`. */
const SKIPPED = new Set(
  `GRANT REVOKE DENY COMMENT ANALYZE EXPLAIN DESCRIBE DESC SHOW VACUUM OPTIMIZE REFRESH MSCK REPAIR UNCACHE CLEAR LOCK UNLOCK
  ADD LIST REMOVE PUT GET LS RM KILL FLUSH RESET HELP COLLECT DATABASE CLUSTER REINDEX CHECKPOINT ATTACH DETACH INSTALL
  PRAGMA SUMMARIZE PREPARE NOTIFY LISTEN SYSTEM BACKUP RESTORE UNDROP SECURITY IMPORT`.split(/\s+/),
);
/** Inside a procedure these stand for themselves up to the semicolon. */
const PLAIN = new Set(
  `COMMIT ROLLBACK SAVEPOINT RELEASE RAISE RAISERROR THROW PRINT SIGNAL RESIGNAL LEAVE ITERATE CONTINUE BREAK NULL CLOSE
  GOTO WAITFOR ASSERT START DEALLOCATE`.split(/\s+/),
);
const MAX_EMBEDDED = 8;
/** A script of more tokens is read in parts, so that its tokens need not all stand in memory. */
const TOKENS_AT_ONCE = 100_000;

export interface Read {
  readonly statement: Statement;
  /** Names that blocks outside of routines have declared so far. */
  readonly variables: Variables;
}

/** The statements of a text, each when it is asked for; what is not understood is told to `remark`. */
export function* readScript(
  sql: string,
  traits: DialectTraits,
  remark: (code: DiagnosticCode, message: string, offset: number) => void,
): Generator<Read, void> {
  const variables = new Variables(null);
  for (let at = 0; at < sql.length;) {
    const tokens = tokenize(sql, traits, at, TOKENS_AT_ONCE);
    at = tokens.end;
    for (const { code, offset } of tokens.faults) remark(code, faultMessage(code), offset);
    const remarks: Remark[] = [];
    const cursor = new Cursor(tokens, 0, remarks);
    const reader = new ScriptReader(cursor, 0);
    while (!cursor.done) {
      reader.readOne();
      for (const { code, message, offset } of remarks.splice(0)) remark(code, message, offset);
      variables.add(reader.variables.splice(0));
      for (const statement of reader.statements.splice(0)) yield { statement, variables };
    }
  }
}

function faultMessage(code: string): string {
  switch (code) {
    case 'unclosed-string':
      return 'this string is not closed; it is read to the end of the text';
    case 'unclosed-identifier':
      return 'this quoted name is not closed; it is read to the end of the text';
    case 'unclosed-comment':
      return 'this comment is not closed; it is read to the end of the text';
    default:
      return 'this parenthesis has no partner';
  }
}

class ScriptReader {
  readonly statements: Statement[] = [];
  readonly variables: string[] = [];
  private readonly cursor: Cursor;
  private readonly embedding: number;
  /** The table of the trigger that is read. */
  private subject: Path = [];
  /** Blocks that are open: BEGIN without its END. */
  private blocks = 0;

  constructor(cursor: Cursor, embedding: number) {
    this.cursor = cursor;
    this.embedding = embedding;
  }

  readAll(): void {
    while (!this.cursor.done) this.readOne();
  }

  /** The body of a routine: a block up to its END, or one statement, or (T-SQL) the rest of the batch. */
  readBody(): void {
    const { cursor } = this;
    const { name } = cursor.tokens.traits;
    // Oracle and PL/pgSQL declare between AS and BEGIN; T-SQL needs no block at all.
    if (cursor.at('DECLARE') && name !== 'tsql') {
      cursor.index++;
      this.declarations();
    } else if (
      !cursor.at('BEGIN') &&
      cursor.kind() === T.word &&
      !STATEMENT_WORDS.has(cursor.word()) &&
      (name === 'oracle' || name === 'db2' || name === 'snowflake' || name === 'postgres' || name === 'redshift')
    )
      this.declarations();
    if (cursor.at('BEGIN')) {
      const before = this.blocks;
      this.readOne();
      while (!cursor.done && this.blocks > before) this.readOne();
      if (name === 'tsql') while (!cursor.done && !cursor.at('GO')) this.readOne();
      return;
    }
    if (name === 'tsql') {
      while (!cursor.done && !cursor.at('GO')) this.readOne();
      return;
    }
    this.readOne();
  }

  private declarations(): void {
    const { cursor } = this;
    while (!cursor.done && !cursor.at('BEGIN') && !cursor.at('PROCEDURE') && !cursor.at('FUNCTION')) {
      const start = cursor.index;
      if (cursor.at('CURSOR') && cursor.isName(1)) {
        cursor.index++;
        this.cursorDefinition(start);
      } else if (cursor.isName() && cursor.word(1) === 'CURSOR') this.cursorDefinition(start);
      else {
        const variable = variableName(cursor.tokens.text(cursor.index));
        if (cursor.isName()) this.variables.push(variable);
        while (!cursor.done && cursor.kind() !== T.semicolon && !cursor.at('BEGIN')) {
          if (cursor.kind() === T.assign || cursor.at('DEFAULT')) {
            cursor.index++;
            this.readValue(start, 'declare', variable);
          } else cursor.skipGroup();
        }
      }
      cursor.takeKind(T.semicolon);
      if (cursor.index === start) break;
    }
    if (cursor.at('PROCEDURE') || cursor.at('FUNCTION')) while (!cursor.done && !cursor.at('BEGIN')) cursor.skipGroup();
  }

  /** `c CURSOR [(params)] FOR|IS query`. */
  private cursorDefinition(start: number): void {
    const { cursor } = this;
    const name = cursor.identifier();
    while (!cursor.done && cursor.kind() !== T.semicolon && !startsQuery(cursor) && cursor.kind() !== T.end) {
      if (cursor.kind() === T.open && (cursor.word(-1) === 'FOR' || cursor.word(-1) === 'IS')) break;
      if (cursor.kind() === T.open) this.parameters(this.variables);
      else cursor.skipGroup();
    }
    if (name && !cursor.done && cursor.kind() !== T.semicolon) {
      const found = query(cursor);
      this.statements.push({ kind: 'cursor', span: cursor.spanFrom(start), name, query: found });
    }
  }

  private readValue(start: number, verb: string, variable: string | null = null): void {
    this.pushRead(start, verb, expression(this.cursor, { list: true }), variable);
  }

  readOne(): void {
    const { cursor } = this;
    if (cursor.takeKind(T.semicolon)) return;
    const start = cursor.index;
    this.statement();
    if (cursor.index === start) {
      cursor.remark('unexpected-token', `'${clip(cursor.tokens.text(cursor.index))}' does not begin a statement`);
      this.skipToEnd();
      if (cursor.index === start) cursor.step();
      return;
    }
  }

  /** Text behind a statement that was read: silently when it is nothing, with a remark otherwise. */
  private settle(): void {
    const { cursor } = this;
    const kind = cursor.kind();
    if (
      cursor.done ||
      kind === T.semicolon ||
      this.startsStatementWord() ||
      cursor.at('WHEN') ||
      cursor.at('LOOP') ||
      cursor.at('UNTIL') ||
      cursor.at('EXCEPTION')
    )
      return;
    // Oracle ends a block with a slash on a line of its own.
    if (kind === T.operator && cursor.tokens.text(cursor.index) === '/') {
      cursor.index++;
      return;
    }
    cursor.remark('unexpected-token', `'${clip(cursor.tokens.text(cursor.index))}' is not understood here`);
    while (!cursor.done && cursor.kind() !== T.semicolon && !this.beginsStatement()) cursor.skipGroup();
  }

  private startsStatementWord(): boolean {
    const { cursor } = this;
    const word = cursor.word();
    return STATEMENT_WORDS.has(word) || (cursor.tokens.traits.name === 'tsql' && TSQL_STATEMENT_WORDS.has(word));
  }

  /** Stricter than a word list: what stands here can hardly be anything but a statement. */
  private beginsStatement(): boolean {
    const { cursor } = this;
    switch (cursor.word()) {
      case 'INSERT':
        return cursor.word(1) === 'INTO' || cursor.word(1) === 'OVERWRITE';
      case 'DELETE':
        return cursor.word(1) === 'FROM';
      case 'CREATE':
      case 'DROP':
      case 'DECLARE':
        return true;
      case 'MERGE':
        return cursor.word(1) === 'INTO';
      case 'SELECT':
      case 'WITH':
        return startsQuery(cursor);
      default:
        return false;
    }
  }

  private skipToEnd(): void {
    const { cursor } = this;
    const goEnds = cursor.tokens.traits.name === 'tsql';
    while (!cursor.done && cursor.kind() !== T.semicolon && !(goEnds && cursor.at('GO'))) cursor.skipGroup();
  }

  /** To the semicolon, or to what must be the next statement where a dialect needs none. */
  private skipPlain(): void {
    const { cursor } = this;
    while (
      !cursor.done &&
      cursor.kind() !== T.semicolon &&
      !(this.startsStatementWord() && cursor.word() !== 'SET' && cursor.word() !== 'WITH')
    )
      cursor.skipGroup();
  }

  private other(start: number, verb: string): void {
    this.statements.push({ kind: 'other', span: this.cursor.spanFrom(start), verb });
  }

  private statement(): void {
    const { cursor } = this;
    const start = cursor.index;
    const word = cursor.word();
    const { name } = cursor.tokens.traits;
    switch (word) {
      case 'SELECT':
      case 'SEL':
      case 'WITH':
      case 'INSERT':
      case 'INS':
      case 'UPDATE':
      case 'UPD':
      case 'DELETE':
      case 'DEL':
      case 'MERGE':
      case 'FROM':
      case 'VALUES':
      case 'UPSERT':
      case 'PIVOT':
      case 'UNPIVOT':
      case 'REPLACE': {
        // Teradata: `REPLACE VIEW v AS ...`.
        if (word === 'REPLACE' && ['VIEW', 'PROCEDURE', 'FUNCTION', 'TRIGGER'].includes(cursor.word(1))) {
          this.create();
          return;
        }
        const found = dml(cursor, [], false);
        if (!found) break;
        this.statements.push(found);
        this.settle();
        return;
      }
      case 'TABLE':
        if (!cursor.isName(1)) break;
        this.statements.push({ kind: 'query', span: cursor.spanFrom(start), query: query(cursor) });
        this.settle();
        return;
      case 'CREATE':
        this.create();
        return;
      case 'ALTER':
        if (
          cursor.word(1) === 'PROCEDURE' ||
          cursor.word(1) === 'PROC' ||
          cursor.word(1) === 'FUNCTION' ||
          cursor.word(1) === 'TRIGGER'
        ) {
          const what = cursor.word(1);
          cursor.index += 2;
          this.routine({ what, temporary: false, recursive: false, start });
          return;
        }
        this.statements.push(alter(cursor));
        return;
      case 'RENAME':
      case 'EXCHANGE':
        this.statements.push(alter(cursor));
        return;
      case 'DROP':
        this.drop();
        return;
      case 'TRUNCATE': {
        cursor.index++;
        cursor.take('TABLE');
        cursor.takeWords('IF', 'EXISTS');
        const target = tablePath(cursor);
        this.statements.push({ kind: 'truncate', span: cursor.spanFrom(start), target });
        this.skipPlain();
        return;
      }
      case 'USE': {
        cursor.index++;
        let schemaOnly = false;
        if (['ROLE', 'WAREHOUSE', 'SECONDARY'].includes(cursor.word())) {
          this.skipToEnd();
          this.other(start, 'use');
          return;
        }
        if (['SCHEMA', 'DATABASE', 'CATALOG', 'NAMESPACE'].includes(cursor.word()) && cursor.isName(1))
          schemaOnly = cursor.tokens.words[cursor.index++] === 'SCHEMA';
        const path = tablePath(cursor);
        this.statements.push({ kind: 'use', span: cursor.spanFrom(start), path, schemaOnly });
        return;
      }
      case 'COPY':
      case 'UNLOAD':
      case 'LOAD':
      case 'EXPORT':
      case 'BULK': {
        const found = transfer(cursor, (index) => this.embeddedQuery(index));
        if (found) this.statements.push(found);
        else {
          this.skipToEnd();
          this.other(start, word.toLowerCase());
        }
        return;
      }
      case 'PROCEDURE':
      case 'FUNCTION':
        // Routines of a package stand without CREATE.
        cursor.index++;
        this.routine({ what: word, temporary: false, recursive: false, start });
        return;
      case 'DELIMITER':
        // A command of MySQL's client, to the end of its line.
        cursor.index++;
        while (
          !cursor.done &&
          !/\n/.test(
            cursor.tokens.sql.slice(cursor.tokens.ends[cursor.index - 1]!, cursor.tokens.starts[cursor.index]!),
          )
        )
          cursor.index++;
        this.other(start, 'delimiter');
        return;
      case 'APPLY':
        // Databricks pipelines: `APPLY CHANGES INTO t FROM s KEYS (...) SEQUENCE BY ...`.
        if (cursor.word(1) !== 'CHANGES') break;
        this.statements.push(applyChanges(cursor));
        return;
      case 'LOCKING':
        // Teradata: `LOCKING ROW FOR ACCESS SELECT ...`.
        while (
          !cursor.done &&
          cursor.kind() !== T.semicolon &&
          !startsQuery(cursor) &&
          !STATEMENT_WORDS.has(cursor.word())
        )
          cursor.skipGroup();
        return;
      case 'CACHE':
        this.cache();
        return;
      case 'PERFORM': {
        cursor.index++;
        const value = expression(cursor, { list: true });
        const from = cursor.take('FROM') ? fromList(cursor) : [];
        if (from.length > 0) {
          const span = cursor.spanFrom(start);
          const filters = cursor.take('WHERE') ? [expression(cursor)] : [];
          const body = {
            kind: 'select',
            items: [],
            from,
            into: null,
            intoTemporary: false,
            intoVariables: [],
            filters,
            groups: [value],
            windows: new Map(),
            span,
          } as const;
          this.statements.push({ kind: 'query', span, query: { ctes: [], recursive: false, body, sorts: [] } });
        } else this.pushRead(start, 'perform', value);
        return;
      }
      case 'BEGIN':
        this.begin();
        return;
      case 'END':
        this.end();
        return;
      case 'DECLARE':
        this.declare();
        return;
      case 'SET':
        this.set();
        return;
      case 'IF':
      case 'ELSEIF':
      case 'ELSIF':
      case 'WHILE':
      case 'UNTIL':
        cursor.index++;
        this.readValue(start, word.toLowerCase());
        if (cursor.at('THEN') || cursor.at('DO') || cursor.at('LOOP')) cursor.index++;
        return;
      case 'WHEN':
        cursor.index++;
        this.readValue(start, 'when');
        if (!cursor.at('THEN'))
          while (!cursor.done && !cursor.at('THEN') && cursor.kind() !== T.semicolon) cursor.skipGroup();
        cursor.take('THEN');
        return;
      case 'CASE':
        cursor.index++;
        if (!cursor.at('WHEN')) this.readValue(start, 'case');
        return;
      case 'ELSE':
      case 'LOOP':
      case 'REPEAT':
      case 'EXCEPTION':
      case 'THEN':
        cursor.index++;
        return;
      case 'DO':
        cursor.index++;
        if (cursor.take('LANGUAGE')) cursor.step();
        if (cursor.kind() === T.string) this.embedded(cursor.index++, this.statements);
        return;
      case 'FOR':
      case 'FOREACH':
        this.forLoop();
        return;
      case 'FORALL':
        // Oracle: `FORALL i IN 1 .. n INSERT ...`.
        cursor.index++;
        if (cursor.isName()) this.variables.push(cursor.identifier()!.text.toLowerCase());
        while (!cursor.done && cursor.kind() !== T.semicolon && !STATEMENT_WORDS.has(cursor.word())) cursor.skipGroup();
        return;
      case 'GO':
        cursor.index++;
        if (cursor.kind() === T.number) cursor.index++;
        return;
      case 'RETURN':
        cursor.index++;
        if (cursor.at('QUERY')) {
          cursor.index++;
          if (cursor.at('EXECUTE')) return;
        }
        if (startsQuery(cursor)) {
          this.statements.push({ kind: 'query', span: cursor.spanFrom(start), query: query(cursor) });
          this.settle();
        } else this.readValue(start, 'return');
        return;
      case 'OPEN': {
        cursor.index++;
        while (!cursor.done && cursor.kind() !== T.semicolon && !startsQuery(cursor) && !this.startsStatementWord())
          cursor.skipGroup();
        if (startsQuery(cursor))
          this.statements.push({ kind: 'query', span: cursor.spanFrom(start), query: query(cursor) });
        return;
      }
      case 'EXEC':
      case 'EXECUTE':
        this.execute();
        return;
      case 'FETCH':
        this.fetch();
        return;
      case 'LET':
        // Snowflake: `LET x [type] := value`, `LET c CURSOR FOR query`.
        cursor.index++;
        if (cursor.word(1) === 'CURSOR') {
          this.cursorDefinition(start);
          return;
        } else {
          const variable = variableName(cursor.tokens.text(cursor.index));
          this.variables.push(variable);
          while (!cursor.done && cursor.kind() !== T.semicolon && cursor.kind() !== T.assign && !cursor.at('DEFAULT'))
            cursor.skipGroup();
          if (cursor.kind() === T.assign || cursor.at('DEFAULT')) {
            cursor.index++;
            this.readValue(start, 'let', variable);
          }
        }
        return;
      case 'CALL':
        cursor.index++;
        this.readValue(start, 'call');
        return;
    }
    if (SKIPPED.has(word) && cursor.kind(1) !== T.assign) {
      this.skipToEnd();
      this.other(start, word.toLowerCase());
      return;
    }
    if (PLAIN.has(word) && cursor.kind(1) !== T.assign) {
      cursor.index++;
      this.skipPlain();
      this.other(start, word.toLowerCase());
      return;
    }
    if (cursor.kind() === T.open) {
      const found = dml(cursor, [], false);
      if (found) {
        this.statements.push(found);
        this.settle();
        return;
      }
    }
    // `{{ config(...) }}` and other calls of a template that leave no SQL.
    if (cursor.kind() === T.template) {
      cursor.index++;
      return;
    }
    // A label, an assignment or a declaration of a procedure; `.LOGON` of a Teradata script.
    if (cursor.isName() && cursor.kind(1) === T.colon) {
      cursor.index += 2;
      return;
    }
    if (cursor.kind() === T.less && cursor.kind(1) === T.less) {
      cursor.index += 2;
      while (!cursor.done && cursor.kind() !== T.greater && cursor.kind() !== T.semicolon) cursor.index++;
      while (cursor.kind() === T.greater) cursor.index++;
      return;
    }
    if (
      (cursor.kind() === T.operator && cursor.tokens.text(cursor.index) === '/') ||
      (cursor.kind() === T.param && /^\$+$/.test(cursor.tokens.text(cursor.index)))
    ) {
      cursor.index++;
      return;
    }
    if (cursor.isName() || cursor.kind() === T.param) {
      let ahead = 1;
      while (cursor.kind(ahead) === T.dot || (cursor.isName(ahead) && cursor.kind(ahead - 1) === T.dot)) ahead++;
      if (cursor.kind(ahead) === T.assign || (cursor.kind(ahead) === T.equals && name !== 'tsql')) {
        if (this.assignsRow(start, start)) return;
        cursor.index += ahead + 1;
        this.readValue(start, 'assign', variableName(cursor.tokens.text(start)));
        return;
      }
      if (this.blocks > 0 || cursor.inRoutine || cursor.kind() === T.param) {
        this.skipToEnd();
        return;
      }
      // T-SQL calls a procedure by its name alone.
      if (name === 'tsql') {
        tablePath(cursor);
        this.skipPlain();
        this.other(start, 'exec');
        return;
      }
    }
    if (cursor.kind() === T.dot) {
      this.skipToEnd();
      this.other(start, 'command');
    }
  }

  /** A value matters when it reads a table, or hands on what another variable holds. */
  private pushRead(start: number, verb: string, value: Expression, variable: string | null = null): void {
    const hands = variable !== null && value.references.length > 0;
    if (value.subqueries.length > 0 || hands)
      this.statements.push({ kind: 'read', span: this.cursor.spanFrom(start), verb, variable, value });
  }

  private begin(): void {
    const { cursor } = this;
    cursor.index++;
    const word = cursor.word();
    if (word === 'TRAN' || word === 'TRANSACTION' || word === 'WORK' || word === 'DISTRIBUTED') {
      cursor.index++;
      this.skipPlain();
      return;
    }
    if (cursor.kind() === T.semicolon && this.blocks === 0 && !cursor.inRoutine) return;
    this.blocks++;
    if (word === 'TRY' || word === 'CATCH') cursor.index++;
    else if (word === 'ATOMIC') {
      cursor.index++;
      if (cursor.at('WITH') && cursor.kind(1) === T.open) {
        cursor.index++;
        cursor.skipGroup();
      }
    } else if (word === 'NOT' && cursor.word(1) === 'ATOMIC') cursor.index += 2;
  }

  private end(): void {
    const { cursor } = this;
    cursor.index++;
    const word = cursor.word();
    const tsql = cursor.tokens.traits.name === 'tsql';
    if (!tsql && ['IF', 'LOOP', 'WHILE', 'REPEAT', 'CASE', 'FOR'].includes(word)) {
      cursor.index++;
      if (cursor.isName() && !STATEMENT_WORDS.has(cursor.word())) cursor.index++;
      return;
    }
    if (this.blocks > 0) this.blocks--;
    if (tsql && (word === 'TRY' || word === 'CATCH' || word === 'CONVERSATION')) cursor.index++;
    else if (!tsql && cursor.isName() && !STATEMENT_WORDS.has(word)) cursor.index++;
  }

  private declare(): void {
    const { cursor } = this;
    const start = cursor.index++;
    const { name } = cursor.tokens.traits;
    // Table variables and values of T-SQL: `DECLARE @a INT = 1, @t TABLE (...)`.
    if (cursor.kind() === T.param) {
      do {
        const variable = cursor.index;
        if (cursor.kind() !== T.param) break;
        this.variables.push(cursor.tokens.text(cursor.index).toLowerCase());
        cursor.index++;
        cursor.take('AS');
        if (cursor.at('TABLE') && cursor.kind(1) === T.open) {
          this.tableVariable(variable);
          continue;
        }
        if (cursor.at('CURSOR')) {
          cursor.index = variable;
          this.cursorLike(start);
          return;
        }
        while (
          !cursor.done &&
          cursor.kind() !== T.comma &&
          cursor.kind() !== T.semicolon &&
          cursor.kind() !== T.equals &&
          !STATEMENT_WORDS.has(cursor.word())
        )
          cursor.skipGroup();
        if (cursor.takeKind(T.equals)) {
          this.pushRead(start, 'declare', expression(cursor), variableName(cursor.tokens.text(variable)));
        }
      } while (cursor.takeKind(T.comma));
      return;
    }
    if (['EXIT', 'CONTINUE', 'UNDO'].includes(cursor.word()) && cursor.word(1) === 'HANDLER') {
      while (!cursor.done && cursor.kind() !== T.semicolon && !STATEMENT_WORDS.has(cursor.word())) cursor.skipGroup();
      return;
    }
    let ahead = 0;
    while (cursor.isName(ahead) && cursor.word(ahead) !== 'CURSOR' && ahead < 6) ahead++;
    if (cursor.word(ahead) === 'CURSOR' && ahead > 0) {
      this.cursorLike(start);
      return;
    }
    if (name === 'postgres' || name === 'redshift' || name === 'oracle' || name === 'snowflake') {
      this.declarations();
      return;
    }
    const first = variableName(cursor.tokens.text(cursor.index));
    while (cursor.isName()) {
      this.variables.push(variableName(cursor.tokens.text(cursor.index)));
      cursor.index++;
      if (!cursor.takeKind(T.comma)) break;
    }
    while (!cursor.done && cursor.kind() !== T.semicolon) {
      if (cursor.at('DEFAULT') || cursor.kind() === T.equals) {
        cursor.index++;
        this.readValue(start, 'declare', first);
        break;
      }
      cursor.skipGroup();
    }
  }

  private cursorLike(start: number): void {
    const { cursor } = this;
    const name = cursor.identifierAt(cursor.index);
    while (!cursor.done && cursor.kind() !== T.semicolon && !startsQuery(cursor)) cursor.skipGroup();
    if (startsQuery(cursor))
      this.statements.push({ kind: 'cursor', span: cursor.spanFrom(start), name, query: query(cursor) });
  }

  private tableVariable(variable: number): void {
    const { cursor } = this;
    cursor.index++;
    const name = cursor.identifierAt(variable);
    const start = cursor.index;
    const columns = [];
    cursor.skipGroup();
    const end = cursor.index;
    cursor.index = start;
    const inner = cursor.identifierList();
    for (const one of inner) columns.push(one);
    cursor.index = end;
    const span = cursor.spanFrom(variable);
    this.statements.push({
      kind: 'create',
      span,
      what: 'table',
      target: { kind: 'table', path: [name], span },
      into: null,
      columns,
      query: null,
      like: null,
      copiesRows: false,
      temporary: true,
    });
  }

  private set(): void {
    const { cursor } = this;
    const start = cursor.index++;
    if (cursor.at('CATALOG') || cursor.at('SCHEMA') || cursor.at('SEARCH_PATH')) {
      this.skipPlain();
      this.other(start, 'set');
      return;
    }
    if (this.assignsRow(start, cursor.index)) return;
    // Settings have names such as `hive.exec.mode`, whose parts are no statements.
    if (cursor.isName() && cursor.kind(1) === T.dot) tablePath(cursor);
    let expressionFollows = false;
    while (
      !cursor.done &&
      cursor.kind() !== T.semicolon &&
      !(STATEMENT_WORDS.has(cursor.word()) && cursor.index > start + 1)
    ) {
      if ((cursor.kind() === T.equals || cursor.kind() === T.assign) && !expressionFollows) {
        cursor.index++;
        expressionFollows = true;
        this.readValue(start, 'set', variableName(cursor.tokens.text(cursor.index - 2)));
      } else {
        cursor.skipGroup();
        if (expressionFollows && cursor.kind() === T.equals) expressionFollows = false;
      }
    }
    this.other(start, 'set');
  }

  /** In a trigger `NEW.a := value` writes a column of its table. */
  private assignsRow(start: number, at: number): boolean {
    const { cursor, subject } = this;
    const isRow =
      subject.length > 0 &&
      variableName(cursor.tokens.text(at)) === 'new' &&
      cursor.tokens.kind(at + 1) === T.dot &&
      (cursor.tokens.kind(at + 3) === T.assign || cursor.tokens.kind(at + 3) === T.equals);
    if (!isRow) return false;
    const column = cursor.identifierAt(at + 2);
    cursor.index = at + 4;
    const value = expression(cursor);
    const span = cursor.spanFrom(start);
    const alias = { name: null, columns: [] };
    this.statements.push({
      kind: 'update',
      span,
      ctes: [],
      recursive: false,
      targets: [plainItem({ kind: 'table', path: subject, span, alias })],
      sets: [{ targets: [[column]], value, values: [] }],
      from: [],
      filters: [],
      returning: { items: [], into: null, columns: [], variables: [] },
    });
    return true;
  }

  /** `FOR r IN (query) LOOP`, `FOR r IN query LOOP`, `FOR r AS c CURSOR FOR query DO`, `FOR i IN 1..10 LOOP`. */
  private forLoop(): void {
    const { cursor } = this;
    const start = cursor.index++;
    const name = cursor.isName() ? cursor.identifier() : null;
    if (name && cursor.at('IN') && cursor.isName(1) && (cursor.word(2) === 'LOOP' || cursor.word(2) === 'DO')) {
      const source = variableName(cursor.tokens.text(cursor.index + 1));
      this.statements.push({
        kind: 'fetch',
        span: cursor.spanFrom(start),
        cursor: source,
        record: name.text.toLowerCase(),
        variables: [],
      });
    }
    while (!cursor.done && cursor.kind() !== T.semicolon && !cursor.at('LOOP') && !cursor.at('DO')) {
      if (startsQuery(cursor) || (cursor.kind() === T.open && startsQuery(cursor, 1))) {
        const found: Query = query(cursor);
        if (name) this.statements.push({ kind: 'cursor', span: cursor.spanFrom(start), name, query: found });
      } else cursor.skipGroup();
    }
    if (name) this.variables.push(name.text.toLowerCase());
    if (cursor.at('LOOP') || cursor.at('DO')) cursor.index++;
  }

  private execute(): void {
    const { cursor } = this;
    const start = cursor.index++;
    cursor.take('IMMEDIATE');
    if (cursor.kind() === T.open && cursor.kind(1) === T.string && cursor.afterGroup() === cursor.index + 3) {
      this.embedded(cursor.index + 1, this.statements);
      cursor.skipGroup();
    } else if (cursor.kind() === T.string) this.embedded(cursor.index++, this.statements);
    else {
      const path = cursor.kind() === T.param ? [] : tablePath(cursor);
      const callee = path[path.length - 1]?.text.toLowerCase();
      if (callee === 'sp_executesql' && cursor.kind() === T.string) this.embedded(cursor.index, this.statements);
      if (callee === 'sp_rename' && cursor.kind() === T.string && cursor.kind(2) === T.string) {
        const from = cursor.identifierAt(cursor.index);
        const to = cursor.identifierAt(cursor.index + 2);
        const pair: readonly [Path, Path] = [from.text.split('.').map((text) => ({ ...from, text })), [to]];
        this.statements.push({ kind: 'rename', span: cursor.spanFrom(start), pairs: [pair] });
      }
    }
    this.skipPlain();
    this.other(start, 'execute');
  }

  /** `FETCH [NEXT FROM] c INTO v, w`. */
  private fetch(): void {
    const { cursor } = this;
    const start = cursor.index++;
    while (['NEXT', 'PRIOR', 'FIRST', 'LAST', 'FROM', 'IN'].includes(cursor.word()) && cursor.isName(1)) cursor.index++;
    const source = variableName(cursor.tokens.text(cursor.index));
    cursor.step();
    const variables: string[] = [];
    if (cursor.at('BULK')) cursor.index += 2;
    if (cursor.take('INTO')) {
      do {
        if (!cursor.isName() && cursor.kind() !== T.param) break;
        variables.push(variableName(cursor.tokens.text(cursor.index)));
        cursor.index++;
      } while (cursor.takeKind(T.comma));
    }
    const record = variables.length === 1 ? variables[0]! : null;
    this.statements.push({ kind: 'fetch', span: cursor.spanFrom(start), cursor: source, record, variables });
    this.skipPlain();
  }

  private drop(): void {
    const { cursor } = this;
    const start = cursor.index++;
    while (
      ['TEMPORARY', 'TEMP', 'EXTERNAL', 'MATERIALIZED', 'FOREIGN', 'DYNAMIC', 'ICEBERG', 'STREAMING'].includes(
        cursor.word(),
      )
    )
      cursor.index++;
    const what = cursor.word();
    if (what !== 'TABLE' && what !== 'VIEW' && what !== 'STREAM') {
      this.skipPlain();
      this.other(start, 'drop');
      return;
    }
    cursor.index++;
    cursor.takeWords('IF', 'EXISTS');
    const targets: Path[] = [];
    do {
      const path = tablePath(cursor);
      if (path.length > 0) targets.push(path);
    } while (cursor.takeKind(T.comma));
    cursor.takeWords('IF', 'EXISTS');
    const span = cursor.spanFrom(start);
    this.statements.push({ kind: 'drop', span, what: what.toLowerCase(), targets });
    this.skipPlain();
  }

  /** Spark: `CACHE [LAZY] TABLE t [OPTIONS (...)] [AS query]`. */
  private cache(): void {
    const { cursor } = this;
    const start = cursor.index++;
    cursor.take('LAZY');
    if (!cursor.take('TABLE')) {
      this.skipToEnd();
      this.other(start, 'cache');
      return;
    }
    const path = tablePath(cursor);
    if (cursor.take('OPTIONS')) cursor.skipGroup();
    cursor.take('AS');
    const span = cursor.spanFrom(start);
    if (startsQuery(cursor)) {
      const found = query(cursor);
      this.statements.push({
        kind: 'create',
        span,
        what: 'view',
        target: { kind: 'table', path, span },
        into: null,
        columns: [],
        query: found,
        like: null,
        copiesRows: false,
        temporary: true,
      });
      this.settle();
    } else this.other(start, 'cache');
  }

  private create(): void {
    const { cursor } = this;
    const start = cursor.index;
    const head = createHead(cursor);
    if (!head) {
      cursor.index = start;
      this.skipToEnd();
      this.other(start, 'create');
      return;
    }
    switch (head.what) {
      case 'TABLE':
      case 'VIEW':
      case 'STREAM':
        if (head.what === 'TABLE' && cursor.at('FUNCTION')) {
          cursor.index++;
          this.routine({ ...head, what: 'FUNCTION' });
          return;
        }
        this.statements.push(createRelation(cursor, head));
        return;
      default:
        this.routine(head);
    }
  }

  private routine(head: CreateHead): void {
    const { cursor } = this;
    const before = cursor.index;
    cursor.deeper(() => this.routineHere(head), undefined);
    if (cursor.index === before) this.skipToEnd();
  }

  private routineHere(head: CreateHead): void {
    const { cursor } = this;
    const { tokens } = cursor;
    cursor.takeWords('IF', 'NOT', 'EXISTS');
    const name = tablePath(cursor);
    const variables: string[] = [];
    let subject: Path = [];
    if (cursor.kind() === T.open) this.parameters(variables);
    const tsql = tokens.traits.name === 'tsql';
    const inner = new ScriptReader(cursor, this.embedding);
    const wasInRoutine = cursor.inRoutine;
    let language = '';
    for (;;) {
      if (cursor.done || cursor.kind() === T.semicolon) break;
      const word = cursor.word();
      if (head.what === 'TRIGGER' && word === 'ON' && subject.length === 0 && cursor.isName(1)) {
        cursor.index++;
        subject = tablePath(cursor);
        inner.subject = subject;
        continue;
      }
      if (cursor.kind() === T.param && tsql) variables.push(tokens.text(cursor.index).toLowerCase());
      // Oracle: `FUNCTION f RETURN NUMBER IS ...` names a type here.
      if (word === 'RETURN' && cursor.isName(1)) {
        const after = afterType(cursor, cursor.index + 1);
        if (
          ['IS', 'AS', 'DETERMINISTIC', 'PIPELINED', 'AUTHID', 'RESULT_CACHE', 'PARALLEL_ENABLE'].includes(
            cursor.tokens.word(after),
          )
        ) {
          cursor.index = after;
          continue;
        }
      }
      if (word === 'LANGUAGE') {
        cursor.index++;
        language = cursor.word();
        cursor.step();
        continue;
      }
      if ((word === 'AS' || word === 'IS') && cursor.kind(1) === T.string) {
        if (language === '') language = languageAhead(cursor);
        if (language === '' || language === 'SQL' || language === 'PLPGSQL')
          this.embedded(cursor.index + 1, inner.statements, variables);
        cursor.index += 2;
        continue;
      }
      if (
        (word === 'AS' || word === 'IS') &&
        cursor.word(1) !== 'CALLER' &&
        cursor.word(1) !== 'OWNER' &&
        !(word === 'AS' && cursor.kind(-1) === T.param)
      ) {
        // `WITH EXECUTE AS OWNER` is an option; `RETURNS @t TABLE (...) AS BEGIN` begins the body.
        if (cursor.word(-1) === 'EXECUTE') {
          cursor.index += 2;
          continue;
        }
        cursor.index++;
        if (head.what === 'PACKAGE') break;
        // `CREATE FUNCTION f(x INT64) AS (x + 1)`: a value, no statements.
        if (cursor.kind() === T.open && !isQueryGroup(cursor)) {
          inner.readValue(cursor.index, 'return');
          break;
        }
        cursor.inRoutine = true;
        inner.readBody();
        break;
      }
      if (word === 'DECLARE' && head.what === 'TRIGGER') {
        cursor.inRoutine = true;
        inner.readBody();
        break;
      }
      if (
        word === 'BEGIN' ||
        (head.what !== 'TRIGGER' && startsQuery(cursor)) ||
        (word === 'RETURN' && head.what === 'FUNCTION')
      ) {
        cursor.inRoutine = true;
        inner.readBody();
        break;
      }
      if (
        head.what === 'TRIGGER' &&
        word === 'ROW' &&
        (STATEMENT_WORDS.has(cursor.word(1)) || cursor.word(1) === 'REPLACE')
      ) {
        cursor.index++;
        cursor.inRoutine = true;
        inner.readBody();
        break;
      }
      if (
        tokens.traits.name === 'mysql' &&
        head.what === 'PROCEDURE' &&
        (word === 'INSERT' || word === 'UPDATE' || word === 'DELETE')
      ) {
        cursor.inRoutine = true;
        inner.readBody();
        break;
      }
      cursor.skipGroup();
    }
    cursor.inRoutine = wasInRoutine;
    const what =
      head.what === 'FUNCTION'
        ? 'function'
        : head.what === 'TRIGGER'
          ? 'trigger'
          : head.what === 'TASK'
            ? 'task'
            : 'procedure';
    // A package is a list of routines; they speak for themselves.
    if (head.what === 'PACKAGE') return;
    if (cursor.kind() !== T.semicolon && !tsql) this.routineTail();
    this.statements.push({
      kind: 'routine',
      span: cursor.spanFrom(head.start),
      what,
      name,
      subject,
      variables: [...variables, ...inner.variables],
      body: inner.statements,
    });
  }

  /** `$$ ... $$ LANGUAGE sql;` and similar options behind the body. */
  private routineTail(): void {
    const { cursor } = this;
    while (
      ['LANGUAGE', 'VOLATILE', 'STABLE', 'IMMUTABLE', 'STRICT', 'SECURITY', 'COST', 'PARALLEL', 'USING'].includes(
        cursor.word(),
      )
    ) {
      this.skipToEnd();
    }
  }

  private parameters(variables: string[]): void {
    const { cursor } = this;
    cursor.within(() => {
      while (!cursor.done) {
        while (['IN', 'OUT', 'INOUT', 'VARIADIC'].includes(cursor.word()) && cursor.isName(1)) cursor.index++;
        if (cursor.isName() || cursor.kind() === T.param)
          variables.push(cursor.tokens.text(cursor.index).toLowerCase());
        while (!cursor.done && cursor.kind() !== T.comma) cursor.skipGroup();
        cursor.takeKind(T.comma);
      }
    });
  }

  /** Statements written in a string: a routine's body, EXECUTE IMMEDIATE. */
  private embedded(index: number, into: Statement[], variables: string[] = []): void {
    const found = this.embeddedCursor(index);
    if (!found) return;
    const reader = new ScriptReader(found, this.embedding + 1);
    reader.readAll();
    for (const statement of reader.statements) into.push(statement);
    for (const variable of reader.variables) variables.push(variable);
  }

  private embeddedQuery(index: number): Query | null {
    const found = this.embeddedCursor(index);
    return found && startsQuery(found) ? query(found) : null;
  }

  private embeddedCursor(index: number): Cursor | null {
    const { cursor } = this;
    if (this.embedding >= MAX_EMBEDDED) return null;
    const raw = cursor.tokens.text(index);
    const open = /^(?:\$[^$]*\$|[A-Za-z]{0,2}'|")/.exec(raw)?.[0] ?? '';
    if (open === '') return null;
    const closer = open.startsWith('$') ? open : open.slice(-1);
    const end = raw.length > open.length && raw.endsWith(closer) ? raw.length - closer.length : raw.length;
    let text = raw.slice(open.length, end);
    // A doubled quote becomes one quote and a blank, so that every offset stays where it is.
    if (!open.startsWith('$')) text = text.replaceAll("''", "' ");
    if (
      !/^\s*(?:--[^\n]*\n\s*|\/\*[\s\S]{0,2000}?\*\/\s*)*(BEGIN|DECLARE|SELECT|WITH|INSERT|UPDATE|DELETE|MERGE|CREATE|ALTER|DROP|TRUNCATE|IF|CALL|COPY|LET|RETURN|FOR|WHILE|<<)\b/i.test(
        text,
      ) &&
      !text.trimStart().startsWith('<<')
    )
      return null;
    const tokens = tokenize(text, cursor.tokens.traits);
    const inner = new Cursor(tokens, cursor.offset(index) + open.length, cursor.remarks, cursor.depth);
    inner.inRoutine = true;
    return inner;
  }
}

/** `AS $$...$$ LANGUAGE python`: the language may stand behind the body. */
function languageAhead(cursor: Cursor): string {
  for (let i = 2; i < 20; i++) {
    if (cursor.kind(i) === T.end || cursor.kind(i) === T.semicolon) break;
    if (cursor.word(i) === 'LANGUAGE') return cursor.word(i + 1);
  }
  return '';
}
