/** JSON (RFC 8259) into values, with numbers exact, depth bounded and no JavaScript object in between. */
import { limitError } from './rego-error.ts';
import { parseNumber } from './number.ts';
import { DEPTH_MAX, RegoObject, wellFormed, type Value } from './value.ts';

export class JsonSyntaxError extends Error {}

const SPACE = /[ \t\n\r]*/y;
// oxlint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

export function parseJson(text: string): Value {
  let at = 0;
  const skip = (): void => {
    SPACE.lastIndex = at;
    SPACE.test(text);
    at = SPACE.lastIndex;
  };
  const fail = (): never => {
    throw new JsonSyntaxError(
      at >= text.length ? 'unexpected end of JSON input' : `invalid character '${text[at]}' in JSON`,
    );
  };
  const string = (): string => {
    STRING.lastIndex = at;
    const match = STRING.exec(text);
    if (match === null) return fail();
    at = STRING.lastIndex;
    return wellFormed(JSON.parse(match[0]) as string);
  };
  const word = (name: string, value: Value): Value => {
    if (!text.startsWith(name, at)) return fail();
    at += name.length;
    return value;
  };
  const parse = (depth: number): Value => {
    if (depth > DEPTH_MAX) throw limitError(`JSON nested deeper than ${DEPTH_MAX}`);
    skip();
    switch (text[at]) {
      case '{': {
        const map = new Map<string, Value>();
        at++;
        skip();
        if (text[at] === '}') {
          at++;
          return RegoObject.empty;
        }
        for (;;) {
          skip();
          const key = string();
          skip();
          if (text[at] !== ':') fail();
          at++;
          map.set(key, parse(depth + 1));
          skip();
          const next = text[at++];
          if (next === '}') return RegoObject.ofStrings(map);
          if (next !== ',') {
            at--;
            fail();
          }
        }
      }
      case '[': {
        const items: Value[] = [];
        at++;
        skip();
        if (text[at] === ']') {
          at++;
          return items;
        }
        for (;;) {
          items.push(parse(depth + 1));
          skip();
          const next = text[at++];
          if (next === ']') return items;
          if (next !== ',') {
            at--;
            fail();
          }
        }
      }
      case '"':
        return string();
      case 't':
        return word('true', true);
      case 'f':
        return word('false', false);
      case 'n':
        return word('null', null);
      default: {
        NUMBER.lastIndex = at;
        const match = NUMBER.exec(text);
        if (match === null) return fail();
        at = NUMBER.lastIndex;
        return parseNumber(match[0]) ?? fail();
      }
    }
  };
  const value = parse(0);
  skip();
  if (at < text.length) fail();
  return value;
}
