/** Python's operators on values, but for those that draw edges. */
import { isPath, joined } from './python-path.ts';
import {
  dict,
  itemOf,
  keyOf,
  kindOf,
  list,
  stringOf,
  text,
  unknown,
  written,
  type ExternalValue,
  type ListValue,
  type UnknownValue,
  type Value,
} from './value.ts';

const pathOf = (value: Value): string | null =>
  kindOf(value) === 'unknown'
    ? (value as UnknownValue).path
    : kindOf(value) === 'external'
      ? (value as ExternalValue).path
      : null;

/** `a operator b`; unknown where the values do not say. */
export function operated(operator: string, a: Value, b: Value, line: number): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const made = arithmetic(operator, a, b);
    return made === null || !Number.isFinite(made) ? unknown('number', line) : made;
  }
  const [left, right] = [stringOf(a), stringOf(b)];
  if (operator === '+') {
    if (left !== null && right !== null) return text(left + right, kindOf(a) === 'text' || kindOf(b) === 'text');
    if (kindOf(a) === 'list' && kindOf(b) === 'list')
      return list([...(a as ListValue).items, ...(b as ListValue).items], (a as ListValue).type);
    if (left !== null || right !== null) return text(written(a).text + written(b).text, true);
  }
  if (operator === '*') {
    const [of, times] = typeof a === 'number' ? [b, a] : [a, b];
    if (typeof times === 'number' && times >= 0 && times <= 5_000) {
      if (typeof of === 'string' && of.length * times <= 100_000) return of.repeat(times);
      if (kindOf(of) === 'list' && (of as ListValue).items.length * times <= 5_000)
        return list(
          Array.from({ length: Math.floor(times) }, () => (of as ListValue).items).flat(),
          (of as ListValue).type,
        );
    }
  }
  if (operator === '%' && left !== null) return percent(left, b, kindOf(a) === 'text');
  if (kindOf(a) === 'list' && kindOf(b) === 'list' && (a as ListValue).type === 'set') {
    const [left, right] = [(a as ListValue).items, (b as ListValue).items];
    const others = new Set(right.map(keyOf));
    const own = new Set(left.map(keyOf));
    if (operator === '-')
      return list(
        left.filter((item) => !others.has(keyOf(item))),
        'set',
      );
    if (operator === '&')
      return list(
        left.filter((item) => others.has(keyOf(item))),
        'set',
      );
    if (operator === '|') return list([...left, ...right.filter((item) => !own.has(keyOf(item)))], 'set');
  }
  if (operator === '|' && kindOf(a) === 'dict' && kindOf(b) === 'dict')
    return dict([
      ...(a as { entries: Map<unknown, readonly [Value, Value]> }).entries.values(),
      ...(b as { entries: Map<unknown, readonly [Value, Value]> }).entries.values(),
    ]);
  if (operator === '/' && isPath(a)) return joined(a, b);
  if (operator === '|' || operator === '&') {
    // `Asset(...) | Asset(...)`.
    if (pathOf(a)?.match(/Asset|Dataset/) || pathOf(b)?.match(/Asset|Dataset/))
      return unknown('assets', line, operator === '|' ? 'airflow.sdk.AssetAny' : 'airflow.sdk.AssetAll', {
        positional: [a, b],
        named: new Map(),
      });
  }
  return unknown('value', line, pathOf(a));
}

function arithmetic(operator: string, a: number, b: number): number | null {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? null : a / b;
    case '//':
      return b === 0 ? null : Math.floor(a / b);
    case '%':
      return b === 0 ? null : a - b * Math.floor(a / b);
    case '**':
      return a ** b;
    case '|':
      return a | b;
    case '&':
      return a & b;
    default:
      return null;
  }
}

export function compared(operator: string, a: Value, b: Value): boolean | null {
  const isOpen = (value: Value) => ['unknown', 'text', 'external'].includes(kindOf(value) ?? '');
  switch (operator.replace(/\s+/g, ' ')) {
    case 'is':
    case '==':
      if (
        (b === null || a === null) &&
        (kindOf(a) === 'task' || kindOf(b) === 'task' || kindOf(a) === 'xcom' || kindOf(b) === 'xcom')
      )
        return false;
      return isOpen(a) || isOpen(b) ? null : keyOf(a) === keyOf(b) || deepEqual(a, b);
    case 'is not':
    case '!=': {
      const same = compared('==', a, b);
      return same === null ? null : !same;
    }
    case 'in':
    case 'not in': {
      const isIn = operator === 'in';
      if (isOpen(a)) return null;
      if (typeof b === 'string') return typeof a === 'string' ? b.includes(a) === isIn : null;
      if (kindOf(b) === 'list') {
        const { items } = b as ListValue;
        if (items.some((item) => keyOf(item) === keyOf(a))) return isIn;
        return items.some(isOpen) ? null : !isIn;
      }
      if (kindOf(b) === 'dict') return (itemOf(b as never, a) !== undefined) === isIn;
      return null;
    }
    default: {
      const order = ordered(a, b);
      if (order === null) return null;
      if (operator === '<') return order < 0;
      if (operator === '<=') return order <= 0;
      if (operator === '>') return order > 0;
      return operator === '>=' ? order >= 0 : null;
    }
  }
}

function ordered(a: Value, b: Value): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (kindOf(a) === 'list' && kindOf(b) === 'list') {
    const [left, right] = [(a as ListValue).items, (b as ListValue).items];
    for (const [i, item] of left.entries()) {
      if (i >= right.length) return 1;
      const order = ordered(item, right[i] ?? null);
      if (order !== 0) return order;
    }
    return left.length - right.length;
  }
  return null;
}

function deepEqual(a: Value, b: Value): boolean {
  if (kindOf(a) !== 'list' || kindOf(b) !== 'list') return false;
  const [left, right] = [(a as ListValue).items, (b as ListValue).items];
  return left.length === right.length && left.every((item, i) => keyOf(item) === keyOf(right[i] ?? null));
}

function percent(pattern: string, given: Value, isPartial: boolean): Value {
  const items =
    kindOf(given) === 'list' && (given as ListValue).type === 'tuple' ? [...(given as ListValue).items] : [given];
  let open = isPartial;
  const made = pattern.replace(
    /%(?:\((\w+)\))?([-0 +#]*\d*(?:\.\d+)?)([sdrifgx%])/g,
    (all, name: string | undefined, width: string, type: string) => {
      if (type === '%') return '%';
      const value =
        name === undefined ? items.shift() : kindOf(given) === 'dict' ? itemOf(given as never, name) : undefined;
      if (value === undefined) return ((open = true), all);
      const shownAs =
        type === 'd' && typeof value === 'number'
          ? { text: String(Math.trunc(value)), isPartial: false }
          : written(value);
      open ||= shownAs.isPartial;
      return width.startsWith('0') ? shownAs.text.padStart(Number(width), '0') : shownAs.text;
    },
  );
  return text(made, open);
}
