/** Rego about Rego. */
import { moduleJson } from '../ast-json.ts';
import { parseModule } from '../parser.ts';
import { RegoError } from '../rego-error.ts';
import { builtin, builtinError, string, type Builtin } from './operand.ts';

export const LANGUAGE: readonly Builtin[] = [
  builtin('rego.parse_module', 2, (args) => {
    try {
      return moduleJson(parseModule(string(args, 2), string(args, 1)));
    } catch (error) {
      if (error instanceof RegoError && error.code === 'rego_parse_error') throw builtinError(error.format());
      throw error;
    }
  }),
];
