/** time.*: instants are nanoseconds since 1970; the clock is the decision's. */
import {
  checked,
  clockAt,
  formatTime,
  instant,
  LAYOUTS,
  NS_MAX,
  NS_MIN,
  parseDuration,
  parseTime,
  TimeError,
  type Clock,
} from '../go-time.ts';
import { integer } from '../number.ts';
import { isArray, type Value } from '../value.ts';
import { array, builtin, builtinError, small, string, wholeNumber, type Builtin, type Run } from './operand.ts';

const timed =
  (run: Run): Run =>
  (args, budget) => {
    try {
      return run(args, budget);
    } catch (error) {
      if (error instanceof TimeError) throw builtinError(error.message);
      throw error;
    }
  };

const define = (name: string, arity: number, run: Run): Builtin => builtin(name, arity, timed(run));

/** `ns`, `[ns, zone]` or `[ns, zone, layout]`. */
function instantOf(value: Value): { readonly ns: bigint; readonly zone: string; readonly layout: string } {
  const list = isArray(value) ? array([value], 1) : [value];
  const ns = BigInt(wholeNumber(list, 1));
  if (ns < NS_MIN || ns > NS_MAX) throw builtinError('timestamp too big');
  const zone = list.length > 1 ? string(list, 2) : '';
  const layout = list.length > 2 ? string(list, 3) : 'RFC3339Nano';
  return { ns, zone, layout: Object.hasOwn(LAYOUTS, layout) ? (LAYOUTS[layout] as string) : layout };
}

const clock = (value: Value): Clock => {
  const { ns, zone } = instantOf(value);
  return clockAt(ns, zone);
};

/** Years, months, days, hours, minutes and seconds from the earlier to the later. */
function difference(a: Value, b: Value): number[] {
  let [from, to] = [instantOf(a), instantOf(b)];
  // Both in the zone of the first.
  const { zone } = from;
  if (from.ns > to.ns) [from, to] = [to, from];
  const x = clockAt(from.ns, zone);
  const y = clockAt(to.ns, zone);
  let [years, months, days, hours, minutes, seconds] = [
    y.year - x.year,
    y.month - x.month,
    y.day - x.day,
    y.hour - x.hour,
    y.minute - x.minute,
    y.second - x.second,
  ];
  if (seconds < 0) [seconds, minutes] = [seconds + 60, minutes - 1];
  if (minutes < 0) [minutes, hours] = [minutes + 60, hours - 1];
  if (hours < 0) [hours, days] = [hours + 24, days - 1];
  if (days < 0) {
    days += new Date(Date.UTC(x.year, x.month, 0)).getUTCDate();
    months--;
  }
  if (months < 0) [months, years] = [months + 12, years - 1];
  return [years, months, days, hours, minutes, seconds];
}

export const TIME: readonly Builtin[] = [
  define('time.now_ns', 0, (_args, budget) => integer(budget.nowNs)),
  define('time.parse_rfc3339_ns', 1, (args) => integer(parseTime(string(args, 1), LAYOUTS.RFC3339 as string))),
  define('time.parse_ns', 2, (args) => {
    const layout = string(args, 1);
    return integer(parseTime(string(args, 2), Object.hasOwn(LAYOUTS, layout) ? (LAYOUTS[layout] as string) : layout));
  }),
  define('time.parse_duration_ns', 1, (args) => integer(parseDuration(string(args, 1)))),
  define('time.format', 1, ([value]) => {
    const { ns, zone, layout } = instantOf(value as Value);
    return formatTime(ns, zone, layout);
  }),
  define('time.date', 1, ([value]) => {
    const { year, month, day } = clock(value as Value);
    return [year, month, day];
  }),
  define('time.clock', 1, ([value]) => {
    const { hour, minute, second } = clock(value as Value);
    return [hour, minute, second];
  }),
  define(
    'time.weekday',
    1,
    ([value]) =>
      ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][
        clock(value as Value).weekday
      ] as string,
  ),
  define('time.add_date', 4, (args) => {
    const { ns } = instantOf(args[0] as Value);
    const c = clockAt(ns, '');
    return integer(
      checked(
        instant(
          c.year + small(args, 2),
          c.month + small(args, 3),
          c.day + small(args, 4),
          c.hour,
          c.minute,
          c.second,
          c.ns,
        ),
      ),
    );
  }),
  define('time.diff', 2, ([a, b]) => difference(a as Value, b as Value)),
];
