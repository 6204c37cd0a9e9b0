/** All rules of shapes, in one list. */
import { ASIA } from './country/asia.ts';
import { DE } from './country/de.ts';
import { EUROPE } from './country/europe.ts';
import { UK } from './country/uk.ts';
import { US } from './country/us.ts';
import { WORLD } from './country/world.ts';
import { DATE } from './date.ts';
import { INTERNET } from './internet.ts';
import { PAYMENT } from './payment.ts';
import type { Rule } from './rule.ts';

export const RULES: readonly Rule[] = [
  ...INTERNET,
  ...PAYMENT,
  ...DATE,
  ...US,
  ...UK,
  ...DE,
  ...EUROPE,
  ...ASIA,
  ...WORLD,
];
