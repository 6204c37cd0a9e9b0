/** What single statements of SQL do that a rule may refuse: grants, credentials, unbounded changes, places, dynamic SQL. */
import { traitsOf, type Dialect } from '../../sql/dialect.ts';
import { T, tokenize, type Tokens } from '../../sql/token.ts';

export interface SqlStatements {
  /** How many there are. */
  readonly count: number;
  readonly grants: readonly {
    readonly line: number;
    readonly privilege: string;
    readonly on: string;
    readonly to: readonly string[];
    readonly isPublic: boolean;
  }[];
  /** Never the value. */
  readonly credentials: readonly { readonly line: number; readonly what: string }[];
  /** DELETE and UPDATE of every row. */
  readonly unbounded: readonly { readonly line: number; readonly verb: 'DELETE' | 'UPDATE'; readonly table: string }[];
  readonly uris: readonly {
    readonly line: number;
    readonly uri: string;
    readonly access: 'read' | 'write';
    readonly verb: string;
  }[];
  /** SQL that is put together from values and run. */
  readonly dynamic: readonly { readonly line: number; readonly what: string }[];
}

type Mutable = {
  -readonly [K in keyof SqlStatements]: SqlStatements[K] extends readonly (infer One)[] ? One[] : SqlStatements[K];
};

const FOUND_MAX = 1_000;
/** Bodies of functions within bodies of functions. */
const DEPTH_MAX = 3;

/** `lineOf` gives the line of an offset. Never throws for what the text contains. */
export function statementsIn(sql: string, dialect: Dialect, lineOf: (offset: number) => number): SqlStatements {
  const found: Mutable = { count: 0, grants: [], credentials: [], unbounded: [], uris: [], dynamic: [] };
  read(sql, dialect, lineOf, found, 0);
  return found;
}

function read(sql: string, dialect: Dialect, lineOf: (offset: number) => number, found: Mutable, depth: number): void {
  const tokens = tokenize(sql, traitsOf(dialect));
  const built = builtVariables(tokens);
  let start = 0;
  for (let i = 0; i <= tokens.count; i++) {
    const kind = tokens.kind(i);
    if (kind === T.string && depth < DEPTH_MAX) {
      const body = /^(\$\w*\$)([\s\S]*)\1$/.exec(tokens.text(i));
      if (body !== null) {
        const from = tokens.start(i) + body[1]!.length;
        read(body[2]!, dialect, (offset) => lineOf(from + offset), found, depth + 1);
      }
    }
    const word = tokens.word(i);
    // `WITH x AS (DELETE FROM t RETURNING *)`.
    if ((word === 'DELETE' || word === 'UPDATE') && tokens.kind(i - 1) === T.open && i > 0)
      unbounded(tokens, i, tokens.closes[i - 1]!, word, (at) => lineOf(tokens.start(at)), found);
    // T-SQL and procedures have statements without semicolons.
    const isNext = i > start && kind === T.word && BEGINNINGS.has(word) && isBeginning(tokens, i);
    if (kind !== T.semicolon && i < tokens.count && !isNext) continue;
    if (i > start) statement(tokens, start, i, built, lineOf, found);
    start = kind === T.semicolon ? i + 1 : i;
  }
}

const BEGINNINGS = new Set([
  'DELETE',
  'UPDATE',
  'GRANT',
  'COPY',
  'UNLOAD',
  'EXEC',
  'EXECUTE',
  'INSERT',
  'MERGE',
  'CREATE',
  'ALTER',
  'DROP',
  'TRUNCATE',
]);
/** Behind these a statement begins. */
const OPENERS = new Set(['BEGIN', 'THEN', 'ELSE', 'LOOP', 'DO', 'AS', 'GO', 'DECLARE', 'QUERY']);

/** A word that begins a statement stands behind the end of a line or of a block, and not within a clause. */
function isBeginning(tokens: Tokens, i: number): boolean {
  const before = tokens.word(i - 1);
  const word = tokens.word(i);
  if (OPENERS.has(before)) return !(before === 'AS' && word === 'EXECUTE') && !isMergeAction(tokens, i);
  if (['ON', 'FOR', 'OR', 'AFTER', 'BEFORE', 'OF', 'GRANT', 'REVOKE', 'KEY', ',', 'WITH'].includes(before))
    return false;
  if (tokens.kind(i - 1) === T.comma || tokens.kind(i - 1) === T.dot || tokens.kind(i - 1) === T.open) return false;
  return (
    /\n\s*$/.test(tokens.sql.slice(Math.max(0, tokens.finish(i - 1)), tokens.start(i))) &&
    (word === 'DELETE' || word === 'UPDATE' ? tokens.kind(i + 1) !== T.comma : true)
  );
}

/** `WHEN MATCHED THEN UPDATE SET`, `ON CONFLICT DO UPDATE SET`, `THEN DELETE`. */
function isMergeAction(tokens: Tokens, i: number): boolean {
  const next = tokens.word(i + 1);
  const word = tokens.word(i);
  return (
    (word === 'UPDATE' && next === 'SET') ||
    (word === 'DELETE' && next !== 'FROM' && tokens.kind(i + 1) !== T.word) ||
    (word === 'DELETE' && next === 'WHEN') ||
    (word === 'INSERT' && next !== 'INTO')
  );
}

function statement(
  tokens: Tokens,
  from: number,
  to: number,
  built: ReadonlySet<string>,
  lineOf: (offset: number) => number,
  found: Mutable,
): void {
  found.count++;
  const line = (i: number): number => lineOf(tokens.start(i));
  let first = from;
  while (first < to && OPENERS.has(tokens.word(first))) first++;
  if (first >= to) return;
  const verb = tokens.word(first);
  if (verb === 'GRANT') grant(tokens, first, to, line, found);
  if (verb === 'DELETE' || verb === 'UPDATE') unbounded(tokens, first, to, verb, line, found);
  credentials(tokens, first, to, verb, line, found);
  places(tokens, first, to, verb, line, found);
  dynamic(tokens, first, to, built, line, found);
}

const EVERYBODY =
  /^(?:public|allusers|allauthenticatedusers|account users|users|all_users|specialgroup:allauthenticatedusers)$/i;

function grant(tokens: Tokens, from: number, to: number, line: (i: number) => number, found: Mutable): void {
  const until = (word: string, start: number): number => {
    let i = start;
    while (i < to && tokens.word(i) !== word) i = tokens.after(i);
    return i;
  };
  const on = until('ON', from + 1);
  const target = until('TO', on < to ? on : from + 1);
  if (target >= to || found.grants.length >= FOUND_MAX) return;
  const names: string[] = [];
  for (let i = target + 1; i < to; i++) {
    if (tokens.word(i) === 'WITH') break;
    const kind = tokens.kind(i);
    if (kind === T.word || kind === T.quoted || kind === T.string) names.push(bare(tokens.text(i)));
  }
  const text = (start: number, end: number): string =>
    tokens.sql
      .slice(tokens.start(start), tokens.finish(end - 1))
      .replace(/\s+/g, ' ')
      .slice(0, 200);
  found.grants.push({
    line: line(from),
    privilege: text(from + 1, Math.max(from + 2, Math.min(on, target))),
    on: on < target ? text(on + 1, target) : '',
    to: names.slice(0, 50),
    isPublic:
      names.some((name) => EVERYBODY.test(name) && name.toUpperCase() !== 'USERS') ||
      /`?account users`?/i.test(text(target, to)),
  });
}

const bare = (text: string): string => text.replace(/^[NnEe]?(["'`[])([\s\S]*)["'`\]]$/, '$2');

const FILTERS = new Set(['WHERE', 'JOIN', 'LIMIT', 'TOP', 'QUALIFY', 'USING']);

function unbounded(
  tokens: Tokens,
  from: number,
  to: number,
  verb: 'DELETE' | 'UPDATE',
  line: (i: number) => number,
  found: Mutable,
): void {
  let at = from + 1;
  while (['FROM', 'ONLY', 'LOW_PRIORITY', 'IGNORE', 'QUICK'].includes(tokens.word(at))) at++;
  const kind = tokens.kind(at);
  if (kind !== T.word && kind !== T.quoted && kind !== T.template) return;
  if (verb === 'UPDATE' && tokens.word(at) === 'STATISTICS') return;
  let name = at;
  while (name + 2 < to && tokens.kind(name + 1) === T.dot) name += 2;
  let hasSet = false;
  for (let i = name + 1; i < to; i = tokens.after(i)) {
    const word = tokens.word(i);
    if (word === 'SET') hasSet = true;
    if (word === 'WHERE' && !isAlways(tokens, i + 1, to)) return;
    if (word !== 'WHERE' && FILTERS.has(word)) return;
  }
  // Without SET it is no UPDATE of rows: a trigger's event, a lock.
  if (verb === 'UPDATE' && !hasSet) return;
  const table = tokens.sql.slice(tokens.start(at), tokens.finish(name)).slice(0, 200);
  // A table of this session alone.
  if (/^[#@]/.test(table) || found.unbounded.length >= FOUND_MAX) return;
  found.unbounded.push({ line: line(from), verb, table });
}

/** `WHERE 1 = 1`, `WHERE true`. */
function isAlways(tokens: Tokens, from: number, to: number): boolean {
  const text = tokens.sql.slice(
    tokens.start(from),
    from < to ? tokens.finish(Math.min(to, from + 4) - 1) : tokens.start(from),
  );
  return to - from <= 3 && /^\s*(?:true|1|(\d+)\s*=\s*\1|'([^']*)'\s*=\s*'\2')\s*$/i.test(text);
}

/** What is made so that a password belongs to it. */
const HOLDERS = new Set([
  'USER',
  'ROLE',
  'LOGIN',
  'STAGE',
  'SECRET',
  'SERVER',
  'CREDENTIAL',
  'CONNECTION',
  'SUBSCRIPTION',
  'INTEGRATION',
  'CATALOG',
  'LINK',
  'MAPPING',
  'ACCOUNT',
  'GROUP',
  'PUBLICATION',
]);
const SECRET_WORDS = new Set([
  'PASSWORD',
  'SECRET',
  'TOKEN',
  'SECRET_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_TOKEN',
  'SESSION_TOKEN',
  'AZURE_SAS_TOKEN',
  'MASTER_KEY',
  'ACCESS_KEY',
  'CLIENT_SECRET',
  'OAUTH_CLIENT_SECRET',
  'PRIVATE_KEY',
  'SAS_TOKEN',
  'HMAC_SECRET',
]);
const SECRET_TEXT =
  /(?:secret_access_key|aws_secret_key|password|passwd|pwd|sas_token|account_?key|token|sig)\s*[=:]\s*["']?([^;&"'\s{}]{3,})/i;

/** A value that is filled in elsewhere. */
const isPlaceholder = (value: string): boolean =>
  value === '' ||
  /^\s*(?:\{\{|\$\{|\$\(|\$\w|&\w|:\w|%\w?|<|\*+$|x+$|\?+$)/i.test(value) ||
  /\{\{|\$\{|env_var/.test(value);

function credentials(
  tokens: Tokens,
  from: number,
  to: number,
  verb: string,
  line: (i: number) => number,
  found: Mutable,
): void {
  const add = (i: number, what: string): void => {
    if (found.credentials.length < FOUND_MAX) found.credentials.push({ line: line(i), what });
  };
  const isTransfer = ['COPY', 'UNLOAD', 'LOAD', 'EXPORT', 'IMPORT', 'BACKUP', 'RESTORE', 'ATTACH'].includes(verb);
  let isHolder = verb === 'GRANT' || verb === 'SET';
  if (verb === 'CREATE' || verb === 'ALTER')
    for (let i = from + 1; i < Math.min(to, from + 8); i++) if (HOLDERS.has(tokens.word(i))) isHolder = true;
  for (let i = from; i < to; i++) {
    const word = tokens.word(i);
    const kind = tokens.kind(i);
    if (word === 'IDENTIFIED') {
      // `IDENTIFIED BY x`, `IDENTIFIED WITH plugin BY 'x'`, `IDENTIFIED BY PASSWORD 'hash'`.
      let by = i + 1;
      while (by < Math.min(to, i + 4) && tokens.word(by) !== 'BY' && tokens.word(by) !== 'AS') by++;
      if (tokens.word(by) !== 'BY') continue;
      if (tokens.word(by + 1) === 'VALUES' || tokens.word(by + 1) === 'PASSWORD') by++;
      const value = tokens.kind(by + 1);
      if (
        (value === T.string || value === T.quoted || value === T.word) &&
        !isPlaceholder(bare(tokens.text(by + 1))) &&
        !['RANDOM', 'EXTERNALLY'].includes(tokens.word(by + 1))
      )
        add(i, 'IDENTIFIED BY');
      continue;
    }
    const name = kind === T.quoted || kind === T.string ? bare(tokens.text(i)).toUpperCase() : word;
    if (SECRET_WORDS.has(name) && (isHolder || isTransfer)) {
      let value = i + 1;
      if (tokens.kind(value) === T.equals || tokens.kind(value) === T.fatArrow || tokens.kind(value) === T.colon)
        value++;
      if (tokens.kind(value) === T.open) value++;
      if (value < to && tokens.kind(value) === T.string && !isPlaceholder(bare(tokens.text(value)))) add(i, name);
    }
    if (
      kind === T.string &&
      (isHolder ||
        isTransfer ||
        /dblink|openrowset|jdbc|s3|azure|hdfs|url|mysql|postgresql|remote/i.test(
          tokens.text(i - 2) + tokens.text(i - 4),
        ))
    ) {
      const value = SECRET_TEXT.exec(tokens.text(i))?.[1];
      if (value !== undefined && !isPlaceholder(value))
        add(i, word === '' ? 'a text that holds a password or key' : word);
    }
  }
}

const WRITES = new Set(['UNLOAD', 'EXPORT', 'BACKUP']);

function places(
  tokens: Tokens,
  from: number,
  to: number,
  verb: string,
  line: (i: number) => number,
  found: Mutable,
): void {
  // `COPY t TO 's3://'` and `COPY INTO 's3://' FROM t` write; `INSERT OVERWRITE DIRECTORY` does, too.
  let isWrite = WRITES.has(verb);
  let direction: 'read' | 'write' = isWrite ? 'write' : 'read';
  for (let i = from; i < to; i++) {
    const word = tokens.word(i);
    if (verb === 'COPY' && (word === 'TO' || word === 'INTO')) direction = 'write';
    else if (verb === 'COPY' && word === 'FROM') direction = 'read';
    else if (word === 'DIRECTORY' || word === 'OUTFILE' || word === 'DUMPFILE') direction = 'write';
    else if (!isWrite && verb === 'CREATE' && word === 'LOCATION') direction = 'read';
    const kind = tokens.kind(i);
    if (kind !== T.string && kind !== T.quoted && kind !== T.param) continue;
    const text = bare(tokens.text(i));
    const uri = /^\s*([a-z][a-z0-9+.-]{1,30}:\/\/)([^\s'"]{1,1000})/i.exec(text);
    const place =
      uri !== null
        ? uri[1]!.toLowerCase() + uri[2]!.replace(/^[^/@]*@/, '').replace(/[?#].*$/s, '')
        : kind === T.param && /^@[~%\w.]/.test(text) && verb === 'COPY'
          ? text.slice(0, 300)
          : null;
    if (place !== null && found.uris.length < FOUND_MAX)
      found.uris.push({ line: line(i), uri: place, access: direction, verb });
    isWrite = direction === 'write';
  }
}

/** Functions that make a value harmless within a text of SQL. */
const QUOTING = /\b(?:quote_ident|quote_literal|quote_nullable|quotename|dbms_assert\.\w+|sys\.dbms_assert\.\w+)\s*\(/i;

/** Variables that are put together from more than constants. */
function builtVariables(tokens: Tokens): ReadonlySet<string> {
  const found = new Set<string>();
  // So many tokens are looked at behind assignments.
  let steps = 1_000_000;
  for (let i = 1; i < tokens.count && found.size < 500 && steps > 0; i++) {
    const kind = tokens.kind(i);
    if (kind !== T.assign && kind !== T.equals && tokens.word(i) !== 'DEFAULT') continue;
    const names = namesBefore(tokens, i).filter((name) => /^[@:]?[a-z_][\w$]*$/.test(name));
    if (names.length === 0) continue;
    let end = i + 1;
    while (
      end < tokens.count &&
      tokens.kind(end) !== T.semicolon &&
      tokens.kind(end) !== T.assign &&
      end < i + 400 &&
      !(
        tokens.kind(end) === T.word &&
        ['EXEC', 'EXECUTE', 'SET', 'SELECT', 'DECLARE', 'FROM', 'WHERE', 'THEN'].includes(tokens.word(end))
      )
    )
      end++;
    steps -= end - i;
    if (isBuilt(tokens, i + 1, end)) for (const name of names) found.add(name);
  }
  return found;
}

/** What may be assigned to: `v`, and `v` of `v text`, `@v nvarchar(max)`. */
function namesBefore(tokens: Tokens, at: number): string[] {
  let before = at - 1;
  const names = [tokens.text(before)];
  if (tokens.kind(before) === T.close) while (before > at - 8 && tokens.kind(before) !== T.open) before--;
  if (tokens.kind(before) === T.open) before--;
  names.push(tokens.text(before - 1));
  return names.map((name) => name.toLowerCase());
}

/** A text of SQL with something in it that is neither constant nor quoted. */
function isBuilt(tokens: Tokens, from: number, to: number): boolean {
  if (to <= from) return false;
  const text = tokens.sql.slice(tokens.start(from), tokens.finish(to - 1));
  let hasText = false;
  let hasValue = false;
  let isJoined = false;
  for (let i = from; i < to; i++) {
    const kind = tokens.kind(i);
    if (kind === T.string) {
      if (
        /\b(?:select|insert|update|delete|merge|create|drop|alter|truncate|grant|call|exec|from|where)\b/i.test(
          tokens.text(i),
        )
      )
        hasText = true;
    } else if (kind === T.word || kind === T.param || kind === T.template) {
      if (
        ![
          'CONCAT',
          'FORMAT',
          'CONCAT_WS',
          'N',
          'USING',
          'INTO',
          'CAST',
          'AS',
          'VARCHAR',
          'NVARCHAR',
          'TEXT',
          'CHAR',
          'REPLACE',
          'CHR',
        ].includes(tokens.word(i))
      )
        hasValue = true;
    }
    if (
      kind === T.plus ||
      kind === T.operator ||
      kind === T.pipe ||
      /^\|\|?$/.test(tokens.text(i)) ||
      tokens.word(i).startsWith('CONCAT') ||
      tokens.word(i) === 'REPLACE'
    )
      isJoined = true;
    // %I and %L quote; %s does not.
    if (tokens.word(i) === 'FORMAT' && /%(?:\d+\$)?s/.test(text)) isJoined = true;
  }
  return hasText && hasValue && isJoined && !QUOTING.test(text);
}

function dynamic(
  tokens: Tokens,
  from: number,
  to: number,
  built: ReadonlySet<string>,
  line: (i: number) => number,
  found: Mutable,
): void {
  for (let i = from; i < to; i++) {
    const word = tokens.word(i);
    const isExecute =
      word === 'EXECUTE' || word === 'EXEC' || word === 'SP_EXECUTESQL' || (word === 'PREPARE' && i === from);
    if (
      !isExecute ||
      ['GRANT', 'REVOKE', 'ON'].includes(tokens.word(i - 1)) ||
      ['FUNCTION', 'PROCEDURE', 'ON', 'AS'].includes(tokens.word(i + 1))
    )
      continue;
    let at = i + 1;
    if (tokens.word(at) === 'IMMEDIATE' || tokens.word(at) === 'SP_EXECUTESQL') at++;
    if (word === 'PREPARE') while (at < to && tokens.word(at) !== 'FROM' && tokens.word(at) !== 'AS') at++;
    if (word === 'PREPARE') at++;
    while (tokens.kind(at) === T.open) at++;
    let end = at;
    while (end < to && tokens.kind(end) !== T.comma && !(tokens.word(end) === 'USING' || tokens.word(end) === 'INTO'))
      end = tokens.after(end);
    end = Math.min(end, to);
    const name = tokens.text(at).toLowerCase();
    if (isBuilt(tokens, at, end) || built.has(name)) {
      if (found.dynamic.length < FOUND_MAX)
        found.dynamic.push({
          line: line(i),
          what: built.has(name)
            ? `${word} of ${tokens.text(at).slice(0, 100)}, which is put together from values`
            : `${word} of a text that is put together from values`,
        });
      return;
    }
  }
}
