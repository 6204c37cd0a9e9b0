/** `format(value, spec)` and `str.format` of Python, for strings and numbers; other specifications leave the value as it is. */
import {
  itemOf,
  kindOf,
  shown,
  text,
  written,
  type Arguments,
  type DictValue,
  type InstanceValue,
  type Value,
} from './value.ts';

export function formatted(
  value: Value,
  spec: string,
  conversion: string,
): { readonly text: string; readonly isPartial: boolean } {
  const plain =
    conversion === '!r'
      ? shown(value)
      : kindOf(value) === 'instance' && (value as InstanceValue).of.name === 'Path'
        ? written((value as InstanceValue).attributes.get('path') ?? '')
        : written(value);
  if (spec === '') return plain;
  const match = /^(.?[<>=^])?([-+ ])?(0)?(\d+)?(,)?(?:\.(\d+))?([bdoxXeEfFgGns%])?$/.exec(spec);
  if (match === null) return { text: plain.text, isPartial: true };
  const [, align, , zero, width, comma, precision, type] = match;
  let made = plain.text;
  if (typeof value === 'number') {
    if (type === 'f' || type === 'F') made = value.toFixed(Math.min(20, Number(precision ?? 6)));
    else if (type === 'x') made = value.toString(16);
    else if (type === 'b') made = value.toString(2);
    else if (type === '%') made = `${(value * 100).toFixed(Math.min(20, Number(precision ?? 6)))}%`;
    else if (precision !== undefined)
      made = String(Number(value.toPrecision(Math.max(1, Math.min(20, Number(precision))))));
    if (comma !== undefined) made = made.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  } else if (precision !== undefined) made = made.slice(0, Number(precision));
  const size = Math.min(200, Number(width ?? 0));
  const fill = align !== undefined && align.length === 2 ? (align[0] ?? ' ') : zero !== undefined ? '0' : ' ';
  const side = align?.at(-1) ?? (typeof value === 'number' ? '>' : '<');
  if (side === '^')
    made = made.padStart(made.length + Math.floor(Math.max(0, size - made.length) / 2), fill).padEnd(size, fill);
  else made = side === '<' ? made.padEnd(size, fill) : made.padStart(size, fill);
  return { text: made, isPartial: plain.isPartial };
}

/** `pattern.format(*positional, **named)`. */
export function formatCall(pattern: string, { positional, named }: Arguments, isPartial: boolean): Value {
  let [next, open] = [0, isPartial];
  const made = pattern.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (all, field: string | undefined) => {
    if (all === '{{') return '{';
    if (all === '}}') return '}';
    const [, name = '', conversion = '', spec = ''] = /^([^!:]*)(![rsa])?(?::(.*))?$/s.exec(field ?? '') ?? [];
    const [head = '', ...rest] = name.split(/[.[\]]+/).filter((part, i) => part !== '' || i === 0);
    let value = head === '' ? positional[next++] : /^\d+$/.test(head) ? positional[Number(head)] : named.get(head);
    for (const part of rest)
      value =
        kindOf(value) === 'dict'
          ? itemOf(value as DictValue, part)
          : kindOf(value) === 'instance'
            ? (value as InstanceValue).attributes.get(part)
            : undefined;
    if (value === undefined) return ((open = true), all);
    const shownAs = formatted(value, spec, conversion);
    open ||= shownAs.isPartial;
    return shownAs.text;
  });
  return text(made, open);
}
