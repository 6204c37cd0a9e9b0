/** A suite of Great Expectations (1.x, and the 0.x form with `expectation_type`) as checks of a gate. */
import { GateRulesError } from '../gate-error.ts';
import type { ColumnType } from '../rules.ts';
import {
  ColumnChecks,
  listIn,
  numberOrNone,
  objectIn,
  scalarsIn,
  textOrNone,
  type ChecksIn,
  type Imported,
  type Unmapped,
} from './imported.ts';

/** Names of types in pandas, Spark and SQL. */
const TYPES: readonly (readonly [RegExp, ColumnType])[] = [
  [
    /^(?:u?int(?:8|16|32|64)?|integer(?:type)?|bigint|smallint|tinyint|long(?:type)?|bigintegertype|smallintegertype)$/i,
    'integer',
  ],
  [/^(?:float(?:16|32|64|type)?|double(?:type)?|decimal(?:type)?|numeric|real|number)$/i, 'number'],
  [/^(?:bool(?:ean)?(?:type|dtype)?)$/i, 'boolean'],
  [/^date(?:type)?$/i, 'date'],
  [/^(?:datetime(?:64)?(?:\[ns\])?|timestamp(?:type|_ntz|_ltz|_tz)?)$/i, 'timestamp'],
  [/^(?:str|string(?:type|dtype)?|object|varchar|text|char)$/i, 'string'],
  [/^uuid(?:type)?$/i, 'uuid'],
];

const typeNamed = (name: string): ColumnType | null => TYPES.find(([pattern]) => pattern.test(name))?.[1] ?? null;

type Args = Readonly<Record<string, unknown>>;
/** Null: mapped. A text: why not. */
type Mapper = (args: Args, column: string, checks: ColumnChecks, whole: Whole) => string | null;
interface Whole {
  rows: NonNullable<ChecksIn['rows']> | null;
  order: string[] | null;
  isClosed: boolean;
  readonly unique: string[][];
}

const shareOf = (args: Args): number | undefined => numberOrNone(args['mostly']);
const MIN_MAX = 'neither bound is a number';
const bounds = (args: Args): { min?: number; max?: number } | null => {
  const [min, max] = [numberOrNone(args['min_value']), numberOrNone(args['max_value'])];
  return min === undefined && max === undefined
    ? null
    : { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
};

function between(args: Args, column: string, checks: ColumnChecks): string | null {
  const limits = bounds(args);
  if (!limits) return MIN_MAX;
  const { min, max } = limits;
  checks.add(
    column,
    {
      ...(min !== undefined && (args['strict_min'] === true ? { above: min } : { min })),
      ...(max !== undefined && (args['strict_max'] === true ? { below: max } : { max })),
    },
    shareOf(args),
  );
  return null;
}

function lengths(args: Args, column: string, checks: ColumnChecks): string | null {
  const limits = bounds(args);
  if (!limits) return MIN_MAX;
  const least = limits.min === undefined ? undefined : Math.ceil(limits.min) + (args['strict_min'] === true ? 1 : 0);
  const most = limits.max === undefined ? undefined : Math.floor(limits.max) - (args['strict_max'] === true ? 1 : 0);
  checks.add(
    column,
    { ...(least !== undefined && { min_length: least }), ...(most !== undefined && { max_length: most }) },
    shareOf(args),
  );
  return null;
}

const aggregate =
  (field: 'mean' | 'sum' | 'distinct'): Mapper =>
  (args, column, checks) => {
    const limits = bounds(args);
    if (!limits) return MIN_MAX;
    if (args['strict_min'] === true || args['strict_max'] === true) return 'strict bounds of a statistic';
    checks.add(column, { [field]: limits, action: 'fail' });
    return null;
  };

const set =
  (field: 'in' | 'not_in'): Mapper =>
  (args, column, checks) => {
    const values = scalarsIn(args['value_set']);
    if (!values) return 'the set has values that are neither texts, numbers nor booleans';
    checks.add(column, { [field]: values }, shareOf(args));
    return null;
  };

const pattern =
  (field: 'pattern' | 'not_pattern', isAtStart: boolean): Mapper =>
  (args, column, checks) => {
    const regex = textOrNone(args['regex']);
    if (regex === undefined) return 'there is no pattern';
    // Its pandas engine matches anywhere, and so does ours.
    checks.add(column, { [field]: isAtStart ? `^(?:${regex})` : regex }, shareOf(args));
    return null;
  };

const MAPPERS: Readonly<Record<string, Mapper>> = {
  expect_column_to_exist: (_, column, checks) => {
    checks.add(column, {});
    return null;
  },
  expect_column_values_to_not_be_null: (args, column, checks) => {
    const share = shareOf(args);
    if (share === undefined || share >= 1) checks.add(column, { required: true });
    else checks.add(column, { nulls_max: Math.round((1 - share) * 1e9) / 1e9, action: 'fail' });
    return null;
  },
  expect_column_values_to_be_unique: (args, column, checks) => {
    checks.add(column, { unique: true }, shareOf(args));
    return null;
  },
  expect_column_values_to_match_regex: pattern('pattern', false),
  expect_column_values_to_not_match_regex: pattern('not_pattern', false),
  expect_column_values_to_be_between: between,
  expect_column_values_to_be_in_set: set('in'),
  expect_column_values_to_not_be_in_set: set('not_in'),
  expect_column_values_to_be_of_type: (args, column, checks) => {
    const type = typeNamed(textOrNone(args['type_']) ?? '');
    if (!type) return 'the type has no like here';
    checks.add(column, { type }, shareOf(args));
    return null;
  },
  expect_column_value_lengths_to_be_between: lengths,
  expect_column_value_lengths_to_equal: (args, column, checks) =>
    lengths({ ...args, min_value: args['value'], max_value: args['value'] }, column, checks),
  expect_column_mean_to_be_between: aggregate('mean'),
  expect_column_sum_to_be_between: aggregate('sum'),
  expect_column_unique_value_count_to_be_between: aggregate('distinct'),
  expect_column_max_to_be_between: (args, column, checks) => {
    const max = numberOrNone(args['max_value']);
    if (max === undefined || numberOrNone(args['min_value']) !== undefined)
      return 'only an upper bound of the greatest value has a like here';
    checks.add(column, args['strict_max'] === true ? { below: max, action: 'fail' } : { max, action: 'fail' });
    return null;
  },
  expect_column_min_to_be_between: (args, column, checks) => {
    const min = numberOrNone(args['min_value']);
    if (min === undefined || numberOrNone(args['max_value']) !== undefined)
      return 'only a lower bound of the least value has a like here';
    checks.add(column, args['strict_min'] === true ? { above: min, action: 'fail' } : { min, action: 'fail' });
    return null;
  },
  expect_compound_columns_to_be_unique: (args, _, __, whole) => {
    const columns = listIn(args['column_list']).filter((one) => typeof one === 'string');
    if (columns.length < 2) return 'there are fewer than two columns';
    whole.unique.push(columns);
    return null;
  },
  expect_table_row_count_to_be_between: (args, _, __, whole) => {
    const limits = bounds(args);
    if (!limits) return MIN_MAX;
    whole.rows = { ...whole.rows, ...limits };
    return null;
  },
  expect_table_row_count_to_equal: (args, _, __, whole) => {
    const value = numberOrNone(args['value']);
    if (value === undefined) return 'there is no number';
    whole.rows = { ...whole.rows, min: value, max: value };
    return null;
  },
  expect_table_columns_to_match_ordered_list: (args, _, __, whole) => {
    whole.order = listIn(args['column_list']).filter((one) => typeof one === 'string');
    whole.isClosed = true;
    return whole.order.length === 0 ? 'there are no columns' : null;
  },
  expect_table_columns_to_match_set: (args, _, checks, whole) => {
    for (const column of listIn(args['column_set'])) if (typeof column === 'string') checks.add(column, {});
    if (args['exact_match'] !== false) whole.isClosed = true;
    return null;
  },
};

/** Throws GateRulesError where the text is no suite. */
export function importSuite(text: string): Imported {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new GateRulesError('the suite is not JSON', '', null, null, 'Give the file that Great Expectations stores.');
  }
  const suite = objectIn(value, 'the suite');
  if (!Array.isArray(suite['expectations']))
    throw new GateRulesError(
      'this is no suite of expectations',
      'expectations',
      null,
      null,
      'Give the file that Great Expectations stores.',
    );
  const checks = new ColumnChecks();
  const whole: Whole = { rows: null, order: null, isClosed: false, unique: [] };
  const unmapped: Unmapped[] = [];
  let mapped = 0;
  for (const one of suite['expectations'] as unknown[]) {
    const expectation = objectIn(one, 'an expectation');
    const type = textOrNone(expectation['type']) ?? textOrNone(expectation['expectation_type']) ?? '(no type)';
    const args = objectIn(expectation['kwargs'] ?? {}, 'kwargs');
    const column = textOrNone(args['column']) ?? '';
    const mapper = Object.hasOwn(MAPPERS, type) ? MAPPERS[type]! : null;
    const isOfRows = type.startsWith('expect_column_') && column === '';
    const why = !mapper
      ? 'no check of this kind'
      : args['row_condition'] !== undefined && args['row_condition'] !== null
        ? 'it is of some rows only (row_condition)'
        : isOfRows
          ? 'it names no column'
          : mapper(args, column, checks, whole);
    if (why === null) mapped++;
    else unmapped.push({ what: column === '' ? type : `${type}(${column})`, why });
  }
  return {
    name: textOrNone(suite['name']) ?? textOrNone(suite['expectation_suite_name']) ?? 'a suite',
    checks: {
      columns: ordered(checks, whole.order),
      ...(whole.order && { order: true }),
      ...(whole.isClosed && { unknown_columns: 'fail' as const }),
      ...(whole.unique.length > 0 && { unique: whole.unique }),
      ...(whole.rows && { rows: whole.rows }),
    },
    labels: {},
    mapped,
    unmapped,
  };
}

/** The order of the list first; columns that only the list names get an entry. */
function ordered(checks: ColumnChecks, order: readonly string[] | null): ReturnType<ColumnChecks['all']> {
  const all = checks.all();
  if (!order) return all;
  const place = (name: string): number => (order.indexOf(name) < 0 ? order.length : order.indexOf(name));
  const named = order.filter((name) => !all.some((check) => check.name === name)).map((name) => ({ name }));
  return [...all, ...named].sort((a, b) => place(a.name) - place(b.name));
}
