/**
 * The first look at a body: where could a secret or SQL be? Almost every event has almost none of these places, so this
 * pass must cost next to nothing, and may be wrong only in one direction.
 *
 * Set matching after Wu and Manber (1994), "A fast algorithm for multi-pattern searching": the last two bytes of a
 * window of four say how far the window may move, which is three bytes for most pairs.
 */

import { keyStarts } from '../scan/secret/mark.ts';
import { endOfString, isJsonSpace, QUOTE } from './json-string.ts';

interface Anchor {
  readonly text: string;
  /** Vendors' prefixes have one case; words have any. */
  readonly exact: boolean;
  /** What a member with a name that ends like this holds; then a colon must follow. */
  readonly holds: 'sql' | 'code' | null;
}

const word = (text: string): Anchor => ({ text, exact: false, holds: null });
const prefix = (text: string): Anchor => ({ text, exact: true, holds: null });
const memberOf =
  (holds: 'sql' | 'code') =>
  (text: string): Anchor => ({ text: `${text}"`, exact: false, holds });

const ANCHORS: readonly Anchor[] = [
  // SQL: members that hold it, and statements in any other text.
  ...['sql', 'query', 'statement'].map(memberOf('sql')),
  ...['sourcecode', 'source_code', 'raw_code', 'compiled_code'].map(memberOf('code')),
  ...['select ', 'select\\', 'insert into', 'insert overwrite', 'update ', 'delete from', 'merge into'].map(word),
  ...['values (', 'values('].map(word),
  // An ASCII character spelled \u00XX may hide any of the others, so such a text is looked at decoded.
  word('\\u00'),
  ...['passw', 'passphrase', 'passcode', '_pass', 'pass=', 'pass"', 'pgpass', 'secret', 'token', 'credential'].map(
    word,
  ),
  ...['pwd=', 'pwd:', 'pwd"', "pwd'", 'pwd ', 'pwd\\', 'pwd_', 'pwd.'].map(word),
  ...['api', 'access', 'private', 'account', 'encryption', 'signing', 'master'].flatMap((name) =>
    ['_key', '-key', '.key', 'key'].map((ending) => word(`${name}${ending}`)),
  ),
  ...['authorization', 'bearer', 'basic ', 'cookie', '?sig=', '&sig=', '_sas', 'sas_', 'sas"', 'sharedaccess'].map(
    word,
  ),
  ...[' -u ', '--user', '-----begin'].map(word),
  ...['AKIA', 'ASIA', 'ABIA', 'ACCA', 'AIza', 'ya29.', 'GOCSPX-', 'dapi', 'npm_', 'pypi-', 'hvs.', 'dop_v1_'].map(
    prefix,
  ),
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_', 'glpat-', 'dckr_pat_', 'xapp-', 'hooks.slack.com'].map(
    prefix,
  ),
  ...['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-'].map(prefix),
  ...['sk_live_', 'sk_test_', 'sk_prod_', 'rk_live_', 'rk_test_', 'rk_prod_', 'whsec_', 'sk-ant-', 'sk-proj-'].map(
    prefix,
  ),
  ...['sk-svcacct-', 'sk-admin-', 'T3BlbkFJ'].map(prefix),
  // Hugging Face's have three letters to know them by; the window wants four, so what may stand before them counts. The
  // letters are escapes (\n, \t), the last ones the white space beyond ASCII: see the rule in secrets.ts.
  ...[...`"'=:/([{,;|> nrtfb${'\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff'}`].map((before) =>
    prefix(`${before}hf_`),
  ),
  ...Array.from({ length: 11 }, (_, i) => prefix(`${String.fromCharCode(0x2000 + i)}hf_`)),
  // base64url of `{"` and the first letter of a JOSE header's first member
  ...['eyJh', 'eyJ0', 'eyJr', 'eyJj', 'eyJl', 'eyJ6', 'eyJi', 'eyJ4', 'eyJw', 'eyJq', 'eyJ1', 'eyJu', 'eyJz'].map(
    prefix,
  ),
];

const WINDOW = 4;

/** What the keys of the scanner's forms start with. */
const SCANNED: readonly Anchor[] = keyStarts()
  .filter((text) => !ANCHORS.some((known) => known.exact && text.startsWith(known.text)))
  .map(prefix);

/** Bytes by class: letters without case, zero, the other digits, the punctuation of anchors; everything else is 0. */
const CLASS = new Uint8Array(256);
const PUNCTUATION = '_-.":= \\?&(/\'';
for (let i = 0; i < 26; i++) CLASS[65 + i] = CLASS[97 + i] = i + 1;
CLASS[48] = 27;
for (let i = 49; i < 58; i++) CLASS[i] = 28;
for (let i = 0; i < PUNCTUATION.length; i++) CLASS[PUNCTUATION.charCodeAt(i)] = 29 + i;
const CLASS_BITS = 6;

const pairAt = (bytes: Uint8Array, end: number): number =>
  (CLASS[bytes[end - 1]!]! << CLASS_BITS) | CLASS[bytes[end]!]!;

/** An anchor is looked for by the four bytes of it that end in the pair least common in what events are made of. */
const COMMON_TEXT = Buffer.from(
  `"_producer":"https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/spark","_schemaURL":
  "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet","fields":
  [{"name":"customer_id","type":"VARCHAR","description":"column of the record, state and account, a first name"}],
  "inputFields":[{"namespace":"postgres://warehouse:5432","field":"c_12","transformations":[{"type":"DIRECT","subtype":
  "IDENTITY","masking":false}]}] TIMESTAMP BIGINT DOUBLE BOOLEAN INTEGER STRING DATE DECIMAL bank.public.transactions
  "description":"column 3 of the record" c_1 c_2 c_3 c_4 c_5 c_6 c_7 c_8 a_b b_c the one date state dataset facet schema record describe
  SchemaDatasetFacet DatasourceDatasetFacet NominalTimeRunFacet user_agent created_at updated_at address country code
  city email amount street postal status total price quantity order product category market segment date month year`,
);

/** How far the window may move after its last two classes; 0 is a candidate. */
const SHIFT = new Uint8Array(1 << (2 * CLASS_BITS)).fill(WINDOW - 1);
const CANDIDATES: (readonly Candidate[] | undefined)[] = Array.from({ length: SHIFT.length }, () => undefined);

interface Candidate {
  readonly anchor: Anchor;
  readonly bytes: Uint8Array;
  /** From the start of the anchor to the end of the window. */
  readonly offset: number;
}

/** The same by the two bytes themselves, so that the hot loop loads once and not three times. */
const SHIFT_OF_BYTES = new Uint8Array(1 << 16);

const commonness = new Uint32Array(SHIFT.length);
for (let i = 1; i < COMMON_TEXT.length; i++) commonness[pairAt(COMMON_TEXT, i)]!++;

for (const anchor of [...ANCHORS, ...SCANNED]) {
  const bytes = Buffer.from(anchor.text);
  let offset = WINDOW - 1;
  for (let end = WINDOW; end < bytes.length; end++) {
    if (commonness[pairAt(bytes, end)]! < commonness[pairAt(bytes, offset)]!) offset = end;
  }
  for (let end = offset - WINDOW + 2; end <= offset; end++) {
    const pair = pairAt(bytes, end);
    SHIFT[pair] = Math.min(SHIFT[pair]!, offset - end);
  }
  const pair = pairAt(bytes, offset);
  CANDIDATES[pair] = [...(CANDIDATES[pair] ?? []), { anchor, bytes, offset }];
}

for (let bytes = 0; bytes < SHIFT_OF_BYTES.length; bytes++) {
  SHIFT_OF_BYTES[bytes] = SHIFT[pairAt(Uint8Array.of(bytes & 0xff, bytes >> 8), 1)]!;
}

const AT = 0x40;
const TILDE = 0x7e;
const CAPITAL_Q = 0x51;
const COLON = 0x3a;
const SLASH = 0x2f;

/** A place inside a string that could hold a secret or SQL, or that names a member which could. */
export interface Suspect {
  readonly at: number;
  /** The place is the end of the name of a member that holds SQL: where its closing quote is. */
  readonly sqlKeyEnd: number | null;
}

/** In order of place; as a rule only the first of each string. */
export function suspectsIn(body: Uint8Array): Suspect[] {
  const suspects: Suspect[] = [];
  const length = body.length;
  for (let end = WINDOW - 1; end < length;) {
    const shift = SHIFT_OF_BYTES[body[end - 1]! | (body[end]! << 8)]!;
    if (shift > 0) {
      end += shift;
      continue;
    }
    const found = anchorAt(body, end);
    if (found === null) {
      end++;
      continue;
    }
    const { anchor, bytes, offset } = found;
    suspects.push({ at: end, sqlKeyEnd: anchor.holds === 'sql' ? end - offset + bytes.length - 1 : null });
    // No anchor can stand outside a string, so this is inside one, unless it is the quote that ends it.
    end = anchor.text.endsWith('"') ? end + 1 : endOfString(body, end);
  }
  addAzureSecrets(body, suspects);
  addUserinfo(body, suspects);
  return suspects.toSorted((a, b) => a.at - b.at);
}

function anchorAt(body: Uint8Array, end: number): Candidate | null {
  for (const candidate of CANDIDATES[pairAt(body, end)]!) if (standsAt(body, end, candidate)) return candidate;
  return null;
}

function standsAt(body: Uint8Array, end: number, { anchor, bytes, offset }: Candidate): boolean {
  const start = end - offset;
  if (start < 0) return false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = body[start + i];
    const wanted = bytes[i]!;
    if (byte === wanted) continue;
    // The word anchors are in lower case.
    if (anchor.exact || byte === undefined || byte < 65 || byte > 90 || byte + 32 !== wanted) return false;
  }
  if (anchor.holds === null) return true;
  let after = start + bytes.length;
  while (isJsonSpace(body[after])) after++;
  return body[after] === COLON;
}

/** Azure's client secrets have only `8Q~` to know them by, and tildes are rare. */
function addAzureSecrets(body: Uint8Array, suspects: Suspect[]): void {
  for (let at = body.indexOf(TILDE); at >= 0;) {
    const isSuspect = body[at - 1] === CAPITAL_Q;
    if (isSuspect) suspects.push({ at, sqlKeyEnd: null });
    at = body.indexOf(TILDE, isSuspect ? endOfString(body, at) : at + 1);
  }
}

/** How far back from an '@' the ':' and '/' of a URL with a password can be. */
const USERINFO_MAX = 4096;

/** An '@' with both ':' and '/' before it in its string may end the userinfo of a URL. */
function addUserinfo(body: Uint8Array, suspects: Suspect[]): void {
  for (let at = body.indexOf(AT); at >= 0;) {
    let colon = false;
    let slash = false;
    let i = at - 1;
    for (const stop = Math.max(0, at - USERINFO_MAX); i >= stop && body[i] !== QUOTE && body[i] !== AT; i--) {
      if (body[i] === COLON) colon = true;
      else if (body[i] === SLASH) slash = true;
    }
    // Stopping at another '@' or at the limit, the rest of the string is not known: then it is suspect too.
    const isSuspect = (colon && slash) || (i >= 0 && body[i] !== QUOTE);
    if (isSuspect) suspects.push({ at, sqlKeyEnd: null });
    at = body.indexOf(AT, isSuspect ? endOfString(body, at) : at + 1);
  }
}
