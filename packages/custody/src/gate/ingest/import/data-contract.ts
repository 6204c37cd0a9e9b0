/** An Open Data Contract (ODCS v3, bitol.io) as checks and labels of a gate. */
import { parseDocument } from 'yaml';
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

const ALIASES_MAX = 100;
const TYPES: Readonly<Record<string, ColumnType>> = {
  string: 'string', integer: 'integer', number: 'number', boolean: 'boolean', date: 'date', timestamp: 'timestamp', time: 'string',
}; // prettier-ignore
const UNITS: Readonly<Record<string, string>> = {
  s: 's',
  m: 'm',
  min: 'm',
  h: 'h',
  hour: 'h',
  hours: 'h',
  d: 'd',
  day: 'd',
  days: 'd',
  w: 'w',
  week: 'w',
  weeks: 'w',
};

type Obj = Readonly<Record<string, unknown>>;

/** `object`: which of the contract's objects; the first if it is left out. Throws GateRulesError. */
export function importContract(text: string, object?: string): Imported {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0)
    throw new GateRulesError('the contract is not YAML', '', null, null, 'Give an ODCS v3 file.');
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: ALIASES_MAX });
  } catch {
    throw new GateRulesError('this YAML stands for too much');
  }
  const contract = objectIn(value, 'the contract');
  if (contract['kind'] !== 'DataContract' || textOrNone(contract['apiVersion'])?.startsWith('v3.') !== true)
    throw new GateRulesError(
      'this is no Open Data Contract of version 3',
      'apiVersion',
      null,
      null,
      'It needs kind: DataContract and apiVersion: v3.x.',
    );
  const objects = listIn(contract['schema']).map((one) => objectIn(one, 'an object of the schema'));
  const named =
    object === undefined ? objects[0] : objects.find((one) => one['name'] === object || one['physicalName'] === object);
  if (!named)
    throw new GateRulesError(
      object === undefined
        ? 'the contract has no object in its schema'
        : `the contract has no object ${JSON.stringify(object)}`,
      'schema',
    );
  return new ContractReader(contract, named, objects).imported();
}

class ContractReader {
  readonly #contract: Obj;
  readonly #object: Obj;
  readonly #checks = new ColumnChecks();
  readonly #unmapped: Unmapped[] = [];
  readonly #labels: Record<string, string[]> = {};
  readonly #unique: string[][] = [];
  #rows: NonNullable<ChecksIn['rows']> | null = null;
  #mapped = 0;

  constructor(contract: Obj, object: Obj, objects: readonly Obj[]) {
    this.#contract = contract;
    this.#object = object;
    for (const other of objects)
      if (other !== object)
        this.#not(`schema ${String(other['name'])}`, 'a gate is for one object; import the others one by one');
  }

  imported(): Imported {
    const keys: [number, string][] = [];
    for (const one of listIn(this.#object['properties'])) this.#property(objectIn(one, 'a property'), '', keys);
    if (keys.length > 1) this.#unique.push(keys.sort((a, b) => a[0] - b[0]).map(([, name]) => name));
    else for (const [, name] of keys) this.#checks.add(name, { unique: true });
    for (const one of listIn(this.#object['quality'])) this.#quality(objectIn(one, 'a quality rule'), null);
    for (const one of listIn(this.#contract['slaProperties'])) this.#service(objectIn(one, 'an SLA property'));
    return {
      name:
        [textOrNone(this.#contract['name']), textOrNone(this.#object['name'])].filter(Boolean).join(', ') ||
        'a contract',
      checks: {
        columns: this.#checks.all(),
        ...(this.#unique.length > 0 && { unique: this.#unique }),
        ...(this.#rows && { rows: this.#rows }),
      },
      labels: this.#labels,
      mapped: this.#mapped,
      unmapped: this.#unmapped,
    };
  }

  #not(what: string, why: string): void {
    this.#unmapped.push({ what, why });
  }

  #add(column: string, check: Parameters<ColumnChecks['add']>[1], mostly?: number): void {
    this.#mapped++;
    this.#checks.add(column, check, mostly);
  }

  #property(property: Obj, prefix: string, keys: [number, string][]): void {
    const plain = textOrNone(property['physicalName']) ?? textOrNone(property['name']);
    if (plain === undefined) return this.#not('a property', 'it has no name');
    const name = `${prefix}${plain}`;
    const logical = textOrNone(property['logicalType']);
    if (logical === 'object') {
      for (const one of listIn(property['properties'])) this.#property(objectIn(one, 'a property'), `${name}.`, keys);
      return;
    }
    if (logical === 'array') this.#not(`${name}.logicalType`, 'lists are not checked');
    const physical = textOrNone(property['physicalType']) ?? '';
    const isMoment = logical === 'date' && /time/i.test(physical);
    const type = logical === undefined ? undefined : isMoment ? 'timestamp' : TYPES[logical];
    this.#add(name, {
      ...(type && type !== 'string' && { type }),
      ...(property['required'] === true && { required: true }),
      ...(property['unique'] === true && property['primaryKey'] !== true && { unique: true }),
    });
    if (property['primaryKey'] === true) keys.push([numberOrNone(property['primaryKeyPosition']) ?? keys.length, name]);
    this.#options(name, objectIn(property['logicalTypeOptions'] ?? {}, 'logicalTypeOptions'));
    const labels = [
      ...(textOrNone(property['classification']) ? [`classification:${String(property['classification'])}`] : []),
      ...listIn(property['tags']).filter((tag) => typeof tag === 'string'),
    ];
    if (labels.length > 0) this.#labels[name] = labels;
    for (const one of listIn(property['quality'])) this.#quality(objectIn(one, 'a quality rule'), name);
    for (const one of listIn(property['relationships']))
      this.#not(
        `${name}.relationships`,
        `what it refers to (${String(objectIn(one, 'a relationship')['to'])}) is no file; add \`references\` by hand`,
      );
  }

  #options(name: string, options: Obj): void {
    for (const [option, value] of Object.entries(options)) {
      const number = numberOrNone(value);
      const bound = number ?? (typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined);
      switch (option) {
        case 'minimum':
          if (bound !== undefined) this.#add(name, { min: bound });
          break;
        case 'maximum':
          if (bound !== undefined) this.#add(name, { max: bound });
          break;
        case 'exclusiveMinimum':
          if (number !== undefined) this.#add(name, { above: number });
          else this.#not(`${name}.${option}`, 'only numbers have bounds that are left out');
          break;
        case 'exclusiveMaximum':
          if (number !== undefined) this.#add(name, { below: number });
          else this.#not(`${name}.${option}`, 'only numbers have bounds that are left out');
          break;
        case 'minLength':
          if (number !== undefined) this.#add(name, { min_length: number });
          break;
        case 'maxLength':
          if (number !== undefined) this.#add(name, { max_length: number });
          break;
        case 'pattern':
          if (typeof value === 'string') this.#add(name, { pattern: value });
          break;
        case 'format':
          if (value === 'uuid') this.#add(name, { type: 'uuid' });
          else if (!/^(?:yyyy-MM-dd|yyyy-MM-dd HH:mm:ss|[iu](?:8|16|32|64|128)|f(?:32|64))$/.test(String(value)))
            this.#not(`${name}.format ${String(value)}`, 'no check of this form');
          break;
        default:
          this.#not(`${name}.${option}`, 'no check of this kind');
      }
    }
  }

  #quality(rule: Obj, column: string | null): void {
    const metric = textOrNone(rule['metric']) ?? textOrNone(rule['rule']);
    const what = `${column ?? 'the object'}: ${metric ?? textOrNone(rule['type']) ?? 'quality'}`;
    if (metric === undefined)
      return this.#not(
        what,
        rule['type'] === 'sql'
          ? 'it is SQL'
          : rule['type'] === 'custom'
            ? `it is of ${String(rule['engine'])}`
            : 'it is a text for people',
      );
    const limits = limitsOf(rule);
    if (!limits) return this.#not(what, 'its comparison has no like here');
    const args = objectIn(rule['arguments'] ?? {}, 'arguments');
    const isShare = rule['unit'] === 'percent';
    const { min, max } = limits;
    switch (metric) {
      case 'rowCount':
        this.#rows = {
          ...this.#rows,
          ...(min !== undefined && { min: Math.ceil(min) }),
          ...(max !== undefined && { max: Math.floor(max) }),
        };
        this.#mapped++;
        return;
      case 'nullValues':
      case 'missingValues': {
        if (column === null || max === undefined || min !== undefined) break;
        if (max === 0) return this.#add(column, { required: true });
        if (isShare) return this.#add(column, { nulls_max: max / 100, action: 'fail' });
        break;
      }
      case 'duplicateValues': {
        if (max === undefined) break;
        const columns = column === null ? listIn(args['properties']).filter((one) => typeof one === 'string') : [];
        if (column !== null && (max === 0 || isShare))
          return this.#add(column, { unique: true }, max === 0 ? undefined : 1 - max / 100);
        if (max === 0 && columns.length > 1) {
          this.#unique.push(columns);
          this.#mapped++;
          return;
        }
        break;
      }
      case 'invalidValues': {
        const values = scalarsIn(listIn(args['validValues']).filter((one) => one !== null));
        const pattern = textOrNone(args['pattern']);
        const check = { ...(values && { in: values }), ...(pattern !== undefined && { pattern }) };
        if (column === null || max === undefined || (max !== 0 && !isShare) || Object.keys(check).length === 0) break;
        return this.#add(column, check, max === 0 ? undefined : 1 - max / 100);
      }
      default:
        return this.#not(what, 'no check of this kind');
    }
    this.#not(what, 'with these numbers or this unit it has no like here');
  }

  #service(sla: Obj): void {
    const property = textOrNone(sla['property']) ?? '';
    const element = textOrNone(sla['element'])?.split('.').slice(1).join('.') ?? '';
    const unit = UNITS[textOrNone(sla['unit']) ?? ''];
    const value = numberOrNone(sla['value']);
    const isFresh = /^(?:latency|ly|freshness|fr)$/i.test(property);
    const of = this.#checks
      .all()
      .find(({ name, type }) => name === element && (type === 'date' || type === 'timestamp'));
    if (isFresh && unit !== undefined && value !== undefined && of)
      return this.#add(element, { type: of.type!, newest_within: `${value}${unit}`, action: 'fail' });
    this.#not(
      `SLA ${property}`,
      isFresh ? 'it names no column of times here, or no unit' : 'it is not about the data of one batch',
    );
  }
}

/** The comparison of a rule as bounds; bounds that are left out are those of whole numbers. */
function limitsOf(rule: Obj): { readonly min?: number; readonly max?: number } | null {
  const value = (name: string): number | undefined => numberOrNone(rule[name]);
  const range = listIn(rule['mustBeBetween']).map(numberOrNone);
  if (range.length === 2 && range[0] !== undefined && range[1] !== undefined) return { min: range[0], max: range[1] };
  const exact = value('mustBe');
  if (exact !== undefined) return exact === 0 ? { max: 0 } : { min: exact, max: exact };
  const isShare = rule['unit'] === 'percent';
  const step = isShare ? 0 : 1;
  const above = value('mustBeGreaterThan');
  const least = value('mustBeGreaterOrEqualTo') ?? (above === undefined ? undefined : above + step);
  const below = value('mustBeLessThan');
  const most = value('mustBeLessOrEqualTo') ?? (below === undefined ? undefined : below - step);
  if (least === undefined && most === undefined) return null;
  return { ...(least !== undefined && { min: least }), ...(most !== undefined && { max: most }) };
}
