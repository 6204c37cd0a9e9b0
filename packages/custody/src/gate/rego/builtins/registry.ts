/** Every built-in by its name. */
import { CORE } from './core.ts';
import { ENCODING } from './encoding.ts';
import { HOST } from './host.ts';
import { LANGUAGE } from './language.ts';
import { OBJECTS } from './objects.ts';
import { PATTERNS } from './patterns.ts';
import { QUANTITIES } from './quantities.ts';
import { SCHEMA } from './schema.ts';
import { STRINGS } from './strings.ts';
import { TIME } from './time.ts';
import { TOKENS } from './tokens.ts';
import type { Builtin } from './operand.ts';

export type { Builtin } from './operand.ts';

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
  [CORE, STRINGS, OBJECTS, PATTERNS, ENCODING, QUANTITIES, TIME, TOKENS, SCHEMA, LANGUAGE, HOST]
    .flat()
    .map((builtin) => [builtin.name, builtin]),
);
