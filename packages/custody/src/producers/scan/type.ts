/** The types of findings, and what other tools call them. */
import { RULES } from './rules.ts';

/** Types that no table of rules holds. */
const OTHERS = [
  'PERSON',
  'LOCATION',
  'ADDRESS',
  'PHONE_NUMBER',
  'API_KEY',
  'PASSWORD',
  'AUTH_TOKEN',
  'PRIVATE_KEY',
  'SECRET',
  'HIGH_ENTROPY',
];
const ALL: ReadonlySet<string> = new Set([...RULES.map(({ type }) => type), ...OTHERS]);

export const knownTypes = (): readonly string[] => [...ALL].sort();
export const isKnownType = (type: string): boolean => ALL.has(type);
