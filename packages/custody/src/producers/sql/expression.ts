/**
 * Expressions, read as bags of references and subqueries. Parentheses are followed with a stack of our own, so depth
 * costs memory, not the call stack. What a word means is decided by its place: directly behind an operand, a word that is
 * not an operator either ends the expression (outside parentheses) or is a piece of syntax (inside them), such as FROM in
 * `EXTRACT(YEAR FROM d)`; that rule replaces a grammar for every function of every dialect.
 */
import type { Cursor } from './cursor.ts';
import { isAggregate, isCounting, isMasking } from './masking.ts';
import { query, startsQuery } from './query.ts';
import { T } from './token.ts';
import type { Expression, Identifier, Reference, Role, Subquery } from './tree.ts';

interface Frame {
  readonly kind: 'base' | 'group' | 'call' | 'case' | 'window' | 'bracket';
  readonly name: string;
  /** The index of the token that closes this frame. */
  readonly end: number;
  readonly aggregated: boolean;
  readonly masked: boolean;
  readonly counted: boolean;
  role: Role;
  argument: number;
  bound: ReadonlySet<string> | null;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** Behind an operand these continue the expression. */
const OPERATORS = words(
  `AND OR XOR NOT IN IS LIKE ILIKE RLIKE REGEXP GLOB SIMILAR BETWEEN ESCAPE COLLATE DIV MOD AT OVERLAPS ISNULL NOTNULL
  OVER FILTER WITHIN IGNORE RESPECT KEEP SOUNDS MEMBER GLOBAL UESCAPE ASC DESC NULLS OPERATOR PRECEDES SUCCEEDS AGAINST`,
);
const TERADATA_OPERATORS = words('EQ NE GT LT GE LE');
/** At the place of an operand these end the expression. */
const ENDS = words(
  'FROM WHERE GROUP HAVING ORDER UNION INTERSECT EXCEPT SELECT JOIN ON WHEN THEN ELSE QUALIFY LIMIT INTO AS THEN USING',
);
/** At the place of an operand these are neither column nor function. */
const PREFIXES = words(
  'NOT DISTINCT ALL ANY SOME EXISTS AND OR IN IS LIKE BETWEEN BY ORDER ASC DESC NULLS WHERE FROM ON USING',
);
/** These are prefixes only in front of an operand; anywhere else they are good names. */
const SOFT_PREFIXES = words(
  `PRIOR ROW UNIQUE BINARY CONNECT_BY_ROOT PARTITION VARIADIC COLLATE ESCAPE TABLE LATERAL GLOBAL SEPARATOR BOTH LEADING
  TRAILING`,
);
const NILADIC = words(
  `NULL TRUE FALSE UNKNOWN DEFAULT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURRENT_ROLE
  CURRENT_CATALOG CURRENT_SCHEMA CURRENT_DATETIME LOCALTIME LOCALTIMESTAMP SESSION_USER SYSTEM_USER MAXVALUE MINVALUE`,
);
const UNITS = words(
  `MICROSECOND MICROSECONDS MILLISECOND MILLISECONDS NANOSECOND NANOSECONDS SECOND SECONDS MINUTE MINUTES HOUR HOURS DAY
  DAYS WEEK WEEKS MONTH MONTHS QUARTER QUARTERS YEAR YEARS DECADE DECADES CENTURY CENTURIES MILLENNIUM DAYOFWEEK
  DAYOFYEAR DOW DOY ISODOW ISOYEAR ISOWEEK EPOCH EPOCH_SECOND TIMEZONE TIMEZONE_HOUR TIMEZONE_MINUTE DATE TIME YY YYYY
  QQ Q MM M DY Y DD D WK WW DW HH MI N SS S MS MCS NS US SECOND_MICROSECOND MINUTE_SECOND HOUR_MINUTE HOUR_SECOND
  DAY_HOUR DAY_MINUTE DAY_SECOND YEAR_MONTH WEEKDAY DAYOFMONTH DAY_OF_WEEK DAY_OF_YEAR WEEKISO YEAROFWEEK YEAROFWEEKISO`,
);
/** Calls whose first, or last, argument may be a bare unit of time. */
const UNIT_FIRST = words(
  `DATEDIFF DATEADD DATEPART DATENAME DATETRUNC TIMESTAMPDIFF TIMESTAMPADD DATE_PART DATE_TRUNC TIMEDIFF TIMEADD
  DATEDIFF_BIG EXTRACT DATE_DIFF DATE_BUCKET DATE_ADD DATE_SUB`,
);
const UNIT_LAST = words(
  `DATE_TRUNC DATE_DIFF DATETIME_DIFF TIMESTAMP_DIFF TIME_DIFF TIMESTAMP_TRUNC DATETIME_TRUNC TIME_TRUNC LAST_DAY TRUNC
  NEXT_DAY TIME_SLICE`,
);
const CASTS = words('CAST TRY_CAST SAFE_CAST XMLCAST XMLSERIALIZE TRY_PARSE PARSE TREAT REINTERPRET');
const TYPES = words(
  `DATE TIME TIMESTAMP DATETIME TIMESTAMPTZ TIMESTAMP_NTZ TIMESTAMP_LTZ TIMESTAMP_TZ INTERVAL JSON JSONB UUID NUMERIC
  DECIMAL BIGNUMERIC BYTEA BYTES INET CIDR POINT BOX BOOLEAN INT INTEGER BIGINT SMALLINT FLOAT DOUBLE REAL VARCHAR CHAR
  NCHAR TEXT STRING BINARY VARBINARY BIT MONEY XML`,
);
const TYPE_TAILS = words('PRECISION VARYING UNSIGNED SIGNED ZEROFILL');
const TERADATA_PHRASES = words('TITLE FORMAT NAMED CASESPECIFIC NOT UPPERCASE');
const CONDITION_FIRST = words('IF IFF IIF NVL2 MULTIIF');
const WINDOW_SYNTAX = words('PARTITION ORDER BY DISTRIBUTE SORT CLUSTER ASC DESC');
const WINDOW_FRAME = words('ROWS RANGE GROUPS');
/** Inside a call these say how the call behaves; what follows, up to the comma, is not a value. */
const CALL_OPTIONS = words('ON RETURNING WITH WITHOUT FORMAT ABSENT ENCODING');

const NOTHING_BOUND: ReadonlySet<string> = new Set();
const MAX_BOUND = 200;

interface ExpressionOptions {
  /** Commas do not end it: a GROUP BY or ORDER BY list is one bag. */
  readonly list?: boolean;
}

export function emptyExpression(cursor: Cursor): Expression {
  const start = cursor.offset();
  return { start, end: start, references: [], subqueries: [], windows: [], bare: false, name: null };
}

export function expression(cursor: Cursor, options: ExpressionOptions = {}): Expression {
  return new Reader(cursor, options.list === true).read();
}

/** The index behind a type name that begins at `index`. */
export function afterType(cursor: Cursor, from: number): number {
  const { tokens, limit } = cursor;
  let i = from;
  if (tokens.kind(i) !== T.word && tokens.kind(i) !== T.quoted && tokens.kind(i) !== T.param) return i;
  i++;
  while (
    i + 1 < limit &&
    tokens.kind(i) === T.dot &&
    (tokens.kind(i + 1) === T.word || tokens.kind(i + 1) === T.quoted)
  )
    i += 2;
  while (i < limit) {
    const kind = tokens.kind(i);
    const word = tokens.word(i);
    if (kind === T.open) i = Math.min(tokens.after(i), limit);
    else if (kind === T.openBracket) i = Math.min(tokens.after(i), limit);
    else if (kind === T.less) i = afterAngles(cursor, i);
    else if (TYPE_TAILS.has(word)) i++;
    else if (
      (word === 'WITH' || word === 'WITHOUT') &&
      (tokens.word(i + 1) === 'TIME' || tokens.word(i + 2) === 'TIME')
    ) {
      while (i < limit && tokens.word(i) !== 'ZONE') i++;
      i++;
    } else break;
  }
  return Math.min(i, limit);
}

/** The index behind `<...>`, or behind the `<` alone where it is no type argument. */
function afterAngles(cursor: Cursor, from: number): number {
  const { tokens, limit } = cursor;
  let level = 0;
  for (let i = from; i < limit && i < from + 2000; i++) {
    const kind = tokens.kind(i);
    if (kind === T.less) level++;
    else if (kind === T.greater) {
      if (--level === 0) return i + 1;
    } else if (kind === T.open) i = tokens.after(i) - 1;
    else if (
      kind !== T.word &&
      kind !== T.quoted &&
      kind !== T.comma &&
      kind !== T.colon &&
      kind !== T.dot &&
      kind !== T.number
    )
      break;
  }
  return from + 1;
}

class Reader {
  private readonly cursor: Cursor;
  private readonly list: boolean;
  private readonly first: number;
  private readonly frames: Frame[] = [];
  private top: Frame;
  private readonly references: Reference[] = [];
  private readonly subqueries: Subquery[] = [];
  private readonly windows: string[] = [];
  private operand = false;
  private interval = false;
  /** Nothing but one reference so far, perhaps in parentheses. */
  private plain = true;
  private casted = false;

  constructor(cursor: Cursor, list: boolean) {
    this.cursor = cursor;
    this.list = list;
    this.first = cursor.index;
    this.top = {
      kind: 'base',
      name: '',
      end: cursor.limit,
      aggregated: false,
      masked: false,
      counted: false,
      role: 'value',
      argument: 0,
      bound: null,
    };
    this.frames.push(this.top);
  }

  read(): Expression {
    const { cursor } = this;
    while (cursor.index < cursor.limit && this.step());
    const { start, end } = cursor.spanFrom(this.first);
    const only =
      this.references.length === 1 && this.plain && this.subqueries.length === 0 ? this.references[0]! : null;
    return {
      start,
      end: cursor.index === this.first ? start : end,
      references: this.references,
      subqueries: this.subqueries,
      windows: this.windows,
      bare: only !== null && !this.casted,
      name: only && !only.star ? (only.path[only.path.length - 1] ?? null) : this.fieldOfGroup(),
    };
  }

  /** `(row).address.city` and `address.lines[0].city` are called city. */
  private fieldOfGroup(): Identifier | null {
    const { cursor, first } = this;
    const { tokens } = cursor;
    const isName = (at: number): boolean => tokens.kind(at) === T.word || tokens.kind(at) === T.quoted;
    let i = tokens.kind(first) === T.open ? tokens.closes[first]! + 1 : isName(first) ? first + 1 : cursor.index;
    if (i >= cursor.index || !isName(cursor.index - 1)) return null;
    while (i < cursor.index) {
      if (tokens.kind(i) === T.dot && isName(i + 1)) i += 2;
      else if (tokens.kind(i) === T.openBracket) i = tokens.after(i);
      else return null;
    }
    return cursor.identifierAt(cursor.index - 1);
  }

  /** Reads one token or group; false where the expression ends. */
  private step(): boolean {
    const { cursor } = this;
    const kind = cursor.tokens.kinds[cursor.index]!;
    switch (kind) {
      case T.word:
        return this.word();
      case T.quoted:
      case T.template:
        if (this.operand) return this.afterOperandName();
        // What a template left in the place of a value may be anything; in front of a dot it is a name.
        if (kind === T.template && cursor.kind(1) !== T.dot) {
          cursor.index++;
          this.literal();
          return true;
        }
        this.name();
        return true;
      case T.string:
      case T.number:
      case T.param:
        if (this.operand && this.frames.length === 1 && kind === T.string) return false;
        if (this.operand && this.frames.length === 1 && kind === T.number && cursor.word() === '') return false;
        cursor.index++;
        if (kind !== T.param || !this.parameter()) this.plain = false;
        this.operand = true;
        return true;
      case T.open:
        this.openGroup();
        return true;
      case T.close:
        return this.closeGroup();
      case T.openBracket:
        this.plain = false;
        this.push('bracket', cursor.tokens.text(cursor.index), this.top.role);
        this.operand = false;
        cursor.index++;
        return true;
      case T.closeBracket:
        while (this.frames.length > 1 && this.top.kind !== 'bracket') this.pop();
        if (this.frames.length > 1) this.pop();
        this.operand = true;
        cursor.index++;
        return true;
      case T.comma:
        return this.comma();
      case T.semicolon:
      case T.pipe:
        return false;
      case T.cast:
        cursor.index = Math.max(afterType(cursor, cursor.index + 1), cursor.index + 1);
        this.operand = true;
        this.casted = true;
        return true;
      case T.star:
        if (this.operand) {
          this.operator();
          return true;
        }
        this.star();
        return true;
      case T.colon:
        return this.colon();
      case T.dot:
        // `(expr).field`, `f(x).field`, `arr[1].field`, `(expr).*`
        cursor.index++;
        if (cursor.isName() || [T.star, T.param, T.number].some((one) => one === cursor.kind())) cursor.index++;
        this.plain = false;
        this.operand = true;
        return true;
      default:
        this.operator();
        return true;
    }
  }

  private operator(): void {
    const { cursor } = this;
    cursor.index++;
    this.plain = false;
    this.operand = false;
  }

  private literal(): void {
    this.plain = false;
    this.operand = true;
  }

  /** `@x` and `:x` may carry a value from a statement before; `$1` is a column of a staged file. */
  private parameter(): boolean {
    const { cursor } = this;
    const raw = cursor.tokens.text(cursor.index - 1);
    const isPosition = /^\$\d+$/.test(raw) && cursor.tokens.traits.name === 'snowflake';
    if (!isPosition && !/^[@:][A-Za-z_]/.test(raw)) return false;
    const at = cursor.identifierAt(cursor.index - 1);
    const path: Identifier[] = [raw.startsWith(':') ? { ...at, text: raw.slice(1) } : at];
    // Oracle's triggers: `:NEW.column`.
    while (raw.startsWith(':') && cursor.kind() === T.dot && cursor.isName(1)) {
      cursor.index++;
      path.push(cursor.identifierAt(cursor.index++));
    }
    this.reference(path, false, at.start);
    return true;
  }

  private push(kind: Frame['kind'], name: string, role: Role): void {
    const outer = this.top;
    this.top = {
      kind,
      name,
      end: kind === 'case' ? outer.end : this.cursor.tokens.closes[this.cursor.index]!,
      aggregated: outer.aggregated || (kind === 'call' && isAggregate(name)),
      masked: outer.masked || (kind === 'call' && isMasking(name)),
      counted: outer.counted || (kind === 'call' && isCounting(name)),
      role,
      argument: 0,
      bound: outer.bound,
    };
    this.frames.push(this.top);
  }

  private pop(): void {
    this.frames.pop();
    this.top = this.frames[this.frames.length - 1]!;
  }

  private comma(): boolean {
    const { cursor } = this;
    if (this.frames.length === 1) {
      if (!this.list) return false;
      this.operand = false;
      cursor.index++;
      return true;
    }
    // A CASE that was never ended does not reach over the comma of a select list.
    while (this.top.kind === 'case' && this.frames.length > 1) this.pop();
    if (this.frames.length === 1 && !this.list) return false;
    const frame = this.top;
    frame.argument++;
    if (frame.kind === 'call' && frame.argument === 1 && CONDITION_FIRST.has(frame.name))
      frame.role = this.frames[this.frames.length - 2]!.role;
    if (frame.kind === 'call' && frame.bound !== this.frames[this.frames.length - 2]!.bound)
      frame.bound = this.frames[this.frames.length - 2]!.bound;
    cursor.index++;
    this.operand = false;
    this.skipUnit();
    if (
      frame.kind === 'call' &&
      frame.name === 'CONVERT' &&
      frame.argument === 1 &&
      cursor.tokens.traits.name === 'mysql'
    ) {
      cursor.index = Math.max(cursor.index, afterType(cursor, cursor.index));
    }
    return true;
  }

  private openGroup(): void {
    const { cursor } = this;
    if (startsQuery(cursor, 1)) {
      this.subquery();
      return;
    }
    // `(x, y) -> ...` binds x and y.
    const after = cursor.afterGroup();
    if (
      !this.operand &&
      cursor.tokens.traits.lambdas &&
      this.frames.length > 1 &&
      cursor.tokens.kind(after) === T.arrow
    ) {
      const names: string[] = [];
      for (let i = cursor.index + 1; i < after - 1; i++) names.push(cursor.tokens.text(i).toLowerCase());
      this.bind(this.top, names);
      cursor.index = after + 1;
      this.operand = false;
      return;
    }
    // ClickHouse: `quantile(0.5)(x)` is one call in two pieces.
    if (this.operand && cursor.kind(-1) === T.close && this.closedCall !== '')
      this.push('call', this.closedCall, this.top.role);
    else this.push('group', '', this.top.role);
    this.operand = false;
    cursor.index++;
  }

  /** Names that a lambda gives its arguments hide columns inside it. */
  private bind(frame: Frame, names: readonly string[]): void {
    const outer = frame.bound ?? NOTHING_BOUND;
    if (outer.size + names.length <= MAX_BOUND) frame.bound = new Set([...outer, ...names]);
    else
      this.cursor.remark('too-deep', `more than ${MAX_BOUND} arguments of lambdas within another are read as columns`);
  }

  /** The function whose call was closed last. */
  private closedCall = '';

  private closeGroup(): boolean {
    while (this.top.kind === 'case' && this.frames.length > 1) this.pop();
    if (this.frames.length === 1) return false;
    this.closedCall = this.top.kind === 'call' ? this.top.name : '';
    this.pop();
    this.operand = true;
    this.cursor.index++;
    return true;
  }

  private subquery(): void {
    const { cursor } = this;
    const { role, aggregated, masked, counted } = this.top;
    this.plain = false;
    this.operand = true;
    const found = cursor.deeper(() => cursor.within(() => query(cursor)), null);
    if (found) this.subqueries.push({ query: found, role, aggregated, masked, counted });
  }

  private star(): void {
    const { cursor } = this;
    const start = cursor.offset();
    const counted = this.top.kind === 'call' && this.top.name.startsWith('COUNT');
    cursor.index++;
    this.operand = true;
    this.plain = false;
    if (!counted && this.top.kind === 'call') this.reference([], true, start);
  }

  private reference(path: readonly Identifier[], star: boolean, start: number): void {
    const { role, aggregated, masked, counted } = this.top;
    const end = this.cursor.base + this.cursor.tokens.ends[this.cursor.index - 1]!;
    if (this.references.length > 0) this.plain = false;
    this.references.push({ path, star, role, aggregated, masked, counted, start, end });
  }

  /** Snowflake and Databricks: `column:path.to[0].field`. */
  private colon(): boolean {
    const { cursor } = this;
    const before = cursor.tokens.kinds[cursor.index - 1];
    const name = cursor.tokens.traits.name;
    const paths = name === 'snowflake' || name === 'databricks' || name === 'ansi' || name === 'sparksql';
    cursor.index++;
    this.plain = false;
    if (paths && this.operand && before !== T.string && (cursor.isName() || cursor.kind() === T.openBracket)) {
      while (!cursor.done) {
        if (cursor.isName() && cursor.kind(-1) !== T.closeBracket) cursor.index++;
        if (cursor.kind() === T.openBracket) cursor.skipGroup();
        else if (
          (cursor.kind() === T.dot || cursor.kind() === T.colon) &&
          (cursor.isName(1) || cursor.kind(1) === T.openBracket)
        )
          cursor.index++;
        else break;
      }
      this.operand = true;
      return true;
    }
    this.operand = false;
    return true;
  }

  private afterOperandName(): boolean {
    if (this.frames.length === 1) return false;
    this.cursor.index++;
    return true;
  }

  /** A bare unit of time as the argument here: `DATEDIFF(day, a, b)`, `DATE_TRUNC(d, MONTH)`. */
  private skipUnit(): void {
    const { cursor, top } = this;
    if (top.kind !== 'call' || !UNITS.has(cursor.word())) return;
    const next = cursor.kind(1);
    const isFirst = top.argument === 0 && UNIT_FIRST.has(top.name) && (next === T.comma || cursor.word(1) === 'FROM');
    // `DATE_TRUNC('month', day)` truncates a column that is called day.
    const unitGiven = cursor.tokens.kinds[cursor.index - 2] === T.string;
    const isLast = top.argument > 0 && UNIT_LAST.has(top.name) && cursor.index + 1 === top.end && !unitGiven;
    if (isFirst || isLast) {
      cursor.index++;
      this.operand = true;
    } else if (top.argument > 0 && UNIT_LAST.has(top.name) && cursor.word() === 'WEEK' && next === T.open) {
      cursor.index++;
      cursor.skipGroup();
      this.operand = true;
    }
  }

  private word(): boolean {
    const { cursor, top } = this;
    const word = cursor.word();
    if (top.kind === 'case') {
      switch (word) {
        case 'WHEN':
          top.role = top.argument >= 0 ? 'condition' : top.role;
          this.operand = false;
          cursor.index++;
          return true;
        case 'THEN':
        case 'ELSE':
          top.role = this.frames[this.frames.length - 2]!.role;
          this.operand = false;
          cursor.index++;
          return true;
        case 'END':
          this.pop();
          this.operand = true;
          cursor.index++;
          return true;
      }
      if (word === 'FROM' || word === 'SELECT' || word === 'WHERE') {
        const outermost = this.frames.every((frame, i) => i === 0 || frame.kind === 'case');
        if (outermost) return false;
      }
    }
    if (this.operand) return this.wordBehindOperand(word);
    if (top.kind === 'window' && this.windowWord(word)) return true;
    const next = cursor.kind(1);
    if (next === T.dot && !ENDS.has(word)) {
      this.name();
      return true;
    }
    if (word === 'CASE' && next !== T.comma && next !== T.end && next !== T.close) {
      this.plain = false;
      this.push('case', '', 'condition');
      cursor.index++;
      return true;
    }
    if (word === 'END' && this.frames.length === 1) return false;
    if (word === 'INTERVAL' && this.intervalLiteral()) return true;
    if (word === 'GROUPING' && cursor.word(1) === 'SETS') {
      cursor.index += 2;
      this.plain = false;
      return true;
    }
    if (word === 'APPROXIMATE' && next === T.word) {
      cursor.index++;
      return true;
    }
    if (next === T.string && (TYPES.has(word) || this.frames.length > 1)) {
      cursor.index += 2;
      this.literal();
      return true;
    }
    if (
      (word === 'ARRAY' || word === 'MAP' || word === 'STRUCT' || word === 'ROW') &&
      (next === T.less || next === T.openBracket)
    ) {
      this.plain = false;
      cursor.index = next === T.less ? afterAngles(cursor, cursor.index + 1) : cursor.index + 1;
      return true;
    }
    if (ENDS.has(word) && next !== T.open && this.frames.length === 1) return false;
    if (
      this.frames.length === 1 &&
      (word === 'ON' ||
        word === 'USING' ||
        word === 'SELECT' ||
        word === 'FROM' ||
        word === 'WHERE' ||
        word === 'HAVING')
    )
      return false;
    if (NILADIC.has(word) || cursor.tokens.traits.niladic.includes(word)) {
      cursor.index++;
      if (cursor.kind() === T.open) cursor.skipGroup();
      this.literal();
      return true;
    }
    if (
      (PREFIXES.has(word) || (SOFT_PREFIXES.has(word) && this.operandFollows())) &&
      !(
        next === T.comma ||
        next === T.close ||
        next === T.end ||
        (next === T.open && isAggregate(word) && !startsQuery(cursor, 2))
      )
    ) {
      if (word === 'ORDER' && cursor.word(1) === 'BY' && top.kind === 'call') this.sortWithin();
      cursor.index++;
      this.plain = false;
      return true;
    }
    this.name();
    return true;
  }

  /** What stands behind this word can begin a value. */
  private operandFollows(): boolean {
    const { cursor } = this;
    const next = cursor.kind(1);
    if (next === T.word) return !ENDS.has(cursor.word(1)) && !OPERATORS.has(cursor.word(1));
    return next === T.quoted || next === T.string || next === T.number || next === T.param || next === T.open;
  }

  private sortWithin(): void {
    if (this.top.role === 'value') this.top.role = 'sort';
  }

  private windowWord(word: string): boolean {
    const { cursor } = this;
    if (WINDOW_SYNTAX.has(word)) {
      cursor.index++;
      return true;
    }
    if (WINDOW_FRAME.has(word)) {
      this.skipToClose();
      return true;
    }
    const opened = cursor.kind(-1) === T.open;
    const base =
      opened &&
      (cursor.kind(1) === T.close ||
        WINDOW_SYNTAX.has(cursor.word(1)) ||
        WINDOW_FRAME.has(cursor.word(1)) ||
        cursor.index + 1 >= cursor.limit);
    if (!base) return false;
    this.windows.push(cursor.tokens.text(cursor.index).toLowerCase());
    cursor.index++;
    return true;
  }

  /** Moves to the parenthesis that closes the current group. */
  private skipToClose(): void {
    const { cursor } = this;
    while (cursor.index < cursor.limit && cursor.kind() !== T.close) cursor.skipGroup();
    this.operand = true;
  }

  private wordBehindOperand(word: string): boolean {
    const { cursor, top } = this;
    if (this.interval && UNITS.has(word)) {
      this.interval = false;
      cursor.index++;
      if (cursor.at('TO') && UNITS.has(cursor.word(1))) cursor.index += 2;
      return true;
    }
    const outermost = this.frames.length === 1;
    if (OPERATORS.has(word) || (TERADATA_OPERATORS.has(word) && cursor.tokens.traits.name === 'teradata')) {
      return this.operatorWord(word, outermost);
    }
    if (outermost) return false;
    // Inside parentheses: a piece of the syntax of a call.
    if (top.kind === 'window') {
      if (WINDOW_FRAME.has(word)) this.skipToClose();
      else {
        cursor.index++;
        this.operand = word === 'ASC' || word === 'DESC';
      }
      return true;
    }
    if (word === 'AS') {
      if (CASTS.has(top.name) && top.kind === 'call') {
        this.casted = true;
        this.skipToClose();
        return true;
      }
      cursor.index++;
      if (cursor.isName()) cursor.index++;
      return true;
    }
    if (CALL_OPTIONS.has(word) && top.kind === 'call') {
      while (cursor.index < cursor.limit && cursor.kind() !== T.close && cursor.kind() !== T.comma) cursor.skipGroup();
      return true;
    }
    if (word === 'COLUMNS' && cursor.kind(1) === T.open) {
      cursor.index++;
      cursor.skipGroup();
      return true;
    }
    if (word === 'ORDER' && cursor.word(1) === 'BY') {
      this.sortWithin();
      cursor.index += 2;
      this.operand = false;
      return true;
    }
    // BigQuery: `ANY_VALUE(a HAVING MAX b)`.
    if (word === 'HAVING' && (cursor.word(1) === 'MAX' || cursor.word(1) === 'MIN')) {
      cursor.index += 2;
      this.operand = false;
      return true;
    }
    if (word === 'USING' && top.name === 'CONVERT') {
      cursor.index += 2;
      return true;
    }
    if (word === 'SELECT' || word === 'WITH') {
      // A query that lost its parenthesis: read it rather than its words.
      this.plain = false;
      const { role, aggregated, masked, counted } = top;
      const found = cursor.deeper(() => query(cursor), null);
      if (found) this.subqueries.push({ query: found, role, aggregated, masked, counted });
      return true;
    }
    cursor.index++;
    this.operand = cursor.kind() === T.close || cursor.kind() === T.comma;
    return true;
  }

  private operatorWord(word: string, outermost: boolean): boolean {
    const { cursor } = this;
    const next = cursor.kind(1);
    switch (word) {
      case 'OVER':
        if (next === T.open) {
          cursor.index++;
          this.push('window', '', 'window');
          this.operand = false;
          this.plain = false;
          cursor.index++;
          return true;
        }
        if (next === T.word || next === T.quoted) {
          if (cursor.kind(-1) !== T.close && cursor.word(-1) !== 'NULLS') return this.afterOperandName();
          this.windows.push(cursor.tokens.text(cursor.index + 1).toLowerCase());
          cursor.index += 2;
          return true;
        }
        return this.afterOperandName();
      case 'FILTER':
      case 'KEEP':
        if (next !== T.open) return this.afterOperandName();
        cursor.index++;
        if (word === 'KEEP') {
          this.push('call', 'KEEP', 'sort');
          cursor.index++;
          while (cursor.at('DENSE_RANK') || cursor.at('FIRST') || cursor.at('LAST')) cursor.index++;
        } else {
          this.push('call', 'FILTER', 'condition');
          cursor.index++;
        }
        this.operand = false;
        this.plain = false;
        return true;
      case 'WITHIN':
        if (cursor.word(1) !== 'GROUP') return this.afterOperandName();
        cursor.index += 2;
        if (cursor.kind() === T.open) {
          const { role } = this.top;
          this.push('call', 'SUM', role);
          cursor.index++;
          this.operand = false;
        }
        return true;
      case 'IGNORE':
      case 'RESPECT':
        if (cursor.word(1) !== 'NULLS') return this.afterOperandName();
        cursor.index += 2;
        return true;
      case 'NULLS':
        if (cursor.word(1) !== 'FIRST' && cursor.word(1) !== 'LAST') return this.afterOperandName();
        cursor.index += 2;
        return true;
      case 'ASC':
      case 'DESC':
        if (outermost && !this.list) return false;
        cursor.index++;
        return true;
      case 'ISNULL':
      case 'NOTNULL':
        cursor.index++;
        this.plain = false;
        return true;
      case 'AT':
        if (cursor.word(1) === 'LOCAL') {
          cursor.index += 2;
          this.plain = false;
          return true;
        }
        if (cursor.word(1) !== 'TIME') return this.afterOperandName();
        cursor.index += 3;
        break;
      case 'IS':
        cursor.index++;
        cursor.take('NOT');
        if (cursor.take('DISTINCT')) cursor.take('FROM');
        else if (cursor.at('JSON') || cursor.at('NORMALIZED') || cursor.at('OF')) {
          cursor.index++;
          this.plain = false;
          return true;
        }
        break;
      case 'COLLATE':
        cursor.index++;
        this.plain = false;
        if (cursor.isName() || cursor.kind() === T.string) cursor.index++;
        while (cursor.kind() === T.dot && cursor.isName(1)) cursor.index += 2;
        return true;
      case 'OPERATOR':
        if (next !== T.open) return this.afterOperandName();
        cursor.index++;
        cursor.skipGroup();
        break;
      case 'SOUNDS':
        if (cursor.word(1) !== 'LIKE') return this.afterOperandName();
        cursor.index += 2;
        break;
      case 'MEMBER':
        if (cursor.word(1) !== 'OF') return this.afterOperandName();
        cursor.index += 2;
        break;
      case 'GLOBAL':
        if (cursor.word(1) !== 'IN' && cursor.word(1) !== 'NOT') return this.afterOperandName();
        cursor.index++;
        break;
      case 'AGAINST':
        if (next !== T.open) return this.afterOperandName();
        cursor.index++;
        cursor.skipGroup();
        return true;
      case 'GLOB':
      case 'PRECEDES':
      case 'SUCCEEDS':
      case 'MOD':
      case 'DIV':
        // As likely an alias: an operator needs something behind it.
        if (outermost && (next === T.comma || next === T.end || next === T.semicolon || cursor.word(1) === 'FROM'))
          return false;
        cursor.index++;
        break;
      default:
        cursor.index++;
    }
    this.operand = false;
    this.plain = false;
    return true;
  }

  private intervalLiteral(): boolean {
    const { cursor } = this;
    const next = cursor.kind(1);
    const word = cursor.word(1);
    if (
      next !== T.string &&
      next !== T.number &&
      next !== T.param &&
      next !== T.open &&
      next !== T.minus &&
      next !== T.template
    ) {
      if (next !== T.word || OPERATORS.has(word) || ENDS.has(word) || word === 'AS') return false;
    }
    cursor.index++;
    this.interval = true;
    this.plain = false;
    return true;
  }

  /** A name in the place of an operand: a column, or a function when a parenthesis follows. */
  private name(): void {
    const { cursor } = this;
    const { tokens } = cursor;
    const start = cursor.offset();
    const path: Identifier[] = [cursor.identifierAt(cursor.index++)];
    while (cursor.kind() === T.dot) {
      if (cursor.isName(1)) {
        cursor.index++;
        path.push(cursor.identifierAt(cursor.index++));
      } else if (cursor.kind(1) === T.star) {
        cursor.index += 2;
        const counted = this.top.kind === 'call' && this.top.name.startsWith('COUNT');
        this.operand = true;
        this.plain = false;
        if (!counted) this.reference(path, true, start);
        return;
      } else if (cursor.kind(1) === T.param && tokens.text(cursor.index + 1).startsWith('$')) {
        cursor.index++;
        path.push(cursor.identifierAt(cursor.index++));
      } else break;
    }
    this.operand = true;
    const last = path[path.length - 1]!;
    const next = cursor.kind();
    if (next === T.open) {
      const isOuterJoinMark = cursor.kind(1) === T.plus && cursor.kind(2) === T.close;
      const isPhrase =
        tokens.traits.name === 'teradata' &&
        (TERADATA_PHRASES.has(cursor.word(1)) || (TYPES.has(cursor.word(1)) && path.length === 1 && !isCallable(last)));
      if (isOuterJoinMark || isPhrase) {
        this.reference(path, false, start);
        cursor.skipGroup();
        return;
      }
      this.call(last);
      return;
    }
    if (path.length === 1 && next === T.colon && this.top.kind === 'bracket' && this.top.name === '{') {
      // DuckDB: `{a: x}`, where a is a key.
      this.plain = false;
      return;
    }
    if (path.length === 1 && !last.quoted) {
      if (next === T.fatArrow || (next === T.assign && this.frames.length > 1)) {
        cursor.index++;
        this.operand = false;
        return;
      }
      if (
        next === T.arrow &&
        tokens.traits.lambdas &&
        this.frames.length > 1 &&
        cursor.kind(1) !== T.string &&
        cursor.kind(1) !== T.number
      ) {
        const before = tokens.kind(cursor.index - 2);
        if (before === T.open || before === T.comma) {
          const frame = this.top;
          this.bind(frame, [last.text.toLowerCase()]);
          cursor.index++;
          this.operand = false;
          return;
        }
      }
    }
    if (this.top.bound?.has(path[0]!.text.toLowerCase())) {
      this.plain = false;
      return;
    }
    this.reference(path, false, start);
  }

  private call(name: Identifier): void {
    const { cursor } = this;
    const word = name.text.toUpperCase();
    this.plain = false;
    // MySQL's `VALUES(c)` in ON DUPLICATE KEY UPDATE: the row that was to be inserted.
    if (word === 'VALUES' && cursor.isName(1) && cursor.kind(2) === T.close) {
      const excluded: Identifier = { ...name, text: 'excluded' };
      const path = [excluded, cursor.identifierAt(cursor.index + 1)];
      cursor.skipGroup();
      this.reference(path, false, name.start);
      return;
    }
    if (startsQuery(cursor, 1) && !(cursor.word(1) === 'FROM')) {
      // `ARRAY(SELECT ...)`, `SUM(SELECT ...)`: the call's character belongs to the query's value.
      this.push('call', word, this.top.role);
      this.subquery();
      this.pop();
      return;
    }
    this.push('call', word, CONDITION_FIRST.has(word) && this.top.role === 'value' ? 'condition' : this.top.role);
    this.operand = false;
    cursor.index++;
    this.skipUnit();
    if (word === 'EXTRACT' && cursor.word(1) === 'FROM') {
      cursor.index += 2;
      this.operand = false;
    }
    if (
      (word === 'CONVERT' || word === 'TRY_CONVERT') &&
      (cursor.tokens.traits.name === 'tsql' || TYPES.has(cursor.word()))
    ) {
      const after = afterType(cursor, cursor.index);
      if (cursor.tokens.kind(after) === T.comma && after < cursor.limit) cursor.index = after;
      this.operand = true;
    }
  }
}

function isCallable(name: Identifier): boolean {
  const word = name.text.toUpperCase();
  return isAggregate(word) || isMasking(word) || CASTS.has(word) || word === 'TRIM' || word === 'SUBSTRING';
}
