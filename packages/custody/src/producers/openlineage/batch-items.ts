/** The events of a batch as slices of its bytes, so that each payload is what was sent. */
import { endOfString, isJsonSpace, QUOTE } from './json-string.ts';
import { OpenLineageError } from './openlineage-error.ts';

const NEWLINE = 0x0a;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** A JSON array's items, or the lines of NDJSON; a single event is a batch of one. */
export function batchItems(body: Uint8Array): Uint8Array[] {
  let start = 0;
  while (isJsonSpace(body[start])) start++;
  if (body[start] === OPEN_BRACKET) return arrayItems(body, start + 1);
  const items = lines(body);
  // A lone brace is how a printed object begins, and never a whole event: then the body is one event over many lines.
  const isPrinted = items[0]?.length === 1 && items[0][0] === OPEN_BRACE;
  return isPrinted ? [trimmed(body, start, body.length)] : items;
}

/** Lexical: strings and brackets are followed, all else is left to the parser of the item, so a bad item ends where it ends. */
function arrayItems(body: Uint8Array, from: number): Uint8Array[] {
  const items: Uint8Array[] = [];
  let depth = 0;
  let start = from;
  for (let i = from; i < body.length; i++) {
    const byte = body[i]!;
    if (byte === QUOTE) i = endOfString(body, i + 1) - 1;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if (byte === COMMA && depth === 0) {
      items.push(trimmed(body, start, i));
      start = i + 1;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth > 0) depth--;
      else if (byte === CLOSE_BRACKET) {
        const last = trimmed(body, start, i);
        if (last.length > 0 || items.length > 0) items.push(last);
        if (trimmed(body, i + 1, body.length).length > 0) throw notBatch('Something follows the end of the array.');
        return items;
      }
    }
  }
  throw notBatch('The array is not closed.');
}

/** JSON text holds no raw newline inside a string, so a line that is a whole event is never cut. */
function lines(body: Uint8Array): Uint8Array[] {
  const whole = trimmed(body, 0, body.length);
  const items: Uint8Array[] = [];
  for (let start = 0; start < whole.length;) {
    const newline = whole.indexOf(NEWLINE, start);
    const end = newline < 0 ? whole.length : newline;
    const line = trimmed(whole, start, end);
    if (line.length > 0) items.push(line);
    start = end + 1;
  }
  return items;
}

function trimmed(body: Uint8Array, from: number, to: number): Uint8Array {
  while (from < to && isJsonSpace(body[from])) from++;
  while (to > from && isJsonSpace(body[to - 1])) to--;
  return body.subarray(from, to);
}

const notBatch = (message: string): OpenLineageError =>
  new OpenLineageError('not-json', '', message, 'Send a JSON array of events, or one event a line (NDJSON).');
