/** Secrets that a document's own structure marks: private keys, curl's credentials, URLs with passwords, manifests. */
import { matchesIn } from '../match.ts';
import { entropy, isPlaceholder } from './entropy.ts';

export interface SecretSpan {
  readonly type: string;
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

const PRIVATE_KEY = /-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----/g;
const KEY_END = /^-----END[ A-Z0-9_-]{0,100}KEY(?: BLOCK)?-----/;
const LONGEST_KEY = 65_536;
const CURL = /\bcurl\b(?:[^\n\\]|\\[^\n]|\\\n){0,4000}/g;
const HEADER =
  /(?:-H|--header)[= ]{0,3}["']?(?:(?:authorization|proxy-authorization)["']?:\s{0,5}(?:basic|bearer|token|apikey|digest)?|[\w-]{0,40}(?:api-?key|api-?token|auth-?token|access-?token|x-token|token|secret|private-token|apikey)["']?:)\s{0,5}([\w=~@.+/-]{8,4096})/gi;
const USER = /(?:-u|--user)[= ]{0,3}["']?([^\s"':]{0,128})["']?:["']?([^\s"']{3,256})["']?/g;
/** RFC 3986 userinfo with a password. */
const URL_PASSWORD =
  /(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,40}:\/\/([^\s"'<>:@/]{0,256}):([^\s"'<>@/:?]{1,512})@[A-Za-z0-9.[-]/g;
const NPM = /\/\/[^\s:]{1,200}\/:_(?:authToken|password)\s{0,3}=\s{0,3}([\w./+=-]{8,})/g;
const NUGET = /<add key="(?:(?:ClearText)?Password)"\s{1,4}value="([^"]{8,})"/gi;
const TERRAFORM = /(?:administrator_login_password|password)\s{0,8}=\s{0,8}("[\w=.~!@#$%^&*+/-]{8,20}")/gi;
const KEY_PAIR = /["'](?:secret_key)["']\s{0,4}=>\s{0,4}["'](sk_[^"']{29})["']/g;
const JFROG = /(?<![A-Za-z0-9])(AP[356ABCDEF][A-Za-z0-9]{8,}|AKC[A-Za-z0-9]{10,})(?![A-Za-z0-9])/g;
const SOFTLAYER = /api\.softlayer\.com\/soap\/v3(?:\.1)?\/([a-z0-9]{64})/gi;
const CONTRIBSYS =
  /BUNDLE_(?:ENTERPRISE|GEMS)__CONTRIBSYS__COM["'\]\w]{0,10}[^\n]{0,20}?\b([a-f0-9]{8}:[a-f0-9]{8})\b/g;

const isVariable = (value: string): boolean =>
  /^[$%<[]|^\{[a-z]+\d*[({]|\$[{(]|\{\{|^\*+$|^(?:password|pass|pwd|secret|token|user|username)\W*$/i.test(value);

/** Files of these names are what the rule is about; where the name is not known, the rule is tried. */
const FILES: Readonly<Record<string, RegExp>> = {
  'nuget-password': /nuget\.config$/i,
  'freemius-key': /\.php$/i,
  'terraform-password': /\.(?:tf|hcl)$/i,
};

export function* documentSecrets(text: string, path = ''): Generator<SecretSpan> {
  if (/\.(?:p12|pfx)$/i.test(path)) yield { type: 'PRIVATE_KEY', rule: 'pkcs12-file', start: 0, end: text.length };
  if (text.includes('PRIVATE KEY')) {
    for (const match of matchesIn(PRIVATE_KEY, text)) {
      const from = match.index + match[0].length;
      // The next five dashes end it: base64 has none.
      const dashes = text.indexOf('-----', from);
      const to = Math.min(dashes < 0 ? text.length : dashes, from + LONGEST_KEY);
      if (text.slice(from, to).replace(/\s|\\n/g, '').length < 64) continue;
      const ending = KEY_END.exec(text.slice(to, to + 128))?.[0].length ?? 0;
      yield { type: 'PRIVATE_KEY', rule: 'private-key', start: match.index, end: to + ending };
    }
  }
  if (text.includes('curl')) {
    for (const command of matchesIn(CURL, text)) {
      for (const [pattern, rule] of [
        [HEADER, 'curl-header'],
        [USER, 'curl-user'],
      ] as const) {
        for (const match of matchesIn(pattern, command[0])) {
          const value = match.at(-1)!;
          if (isVariable(value) || isPlaceholder(value) || (rule === 'curl-header' && entropy(value) < 2.75)) continue;
          if (rule === 'curl-user' && entropy(`${match[1]}:${value}`) < 2) continue;
          const start = command.index + match.index + match[0].lastIndexOf(value);
          yield { type: 'PASSWORD', rule, start, end: start + value.length };
        }
      }
    }
  }
  if (text.includes('://')) {
    for (const match of matchesIn(URL_PASSWORD, text)) {
      if (/^[$%<[{*]|^(.)\1+$/.test(match[2]!)) continue;
      const start = match.index + match[0].lastIndexOf(match[2]!);
      yield { type: 'PASSWORD', rule: 'url-password', start, end: start + match[2]!.length };
    }
  }
  const lower = text.toLowerCase();
  for (const [pattern, type, rule, ...signs] of OTHERS) {
    if (!signs.some((sign) => lower.includes(sign))) continue;
    if (path !== '' && FILES[rule] && !FILES[rule].test(path)) continue;
    for (const match of matchesIn(pattern, text)) {
      if (isPlaceholder(match[1]!) && rule !== 'artifactory-password') continue;
      yield span(match, 1, type, rule);
    }
  }
  if (lower.includes('kind:')) yield* manifestSecrets(text);
}

/** Pattern, type, rule, and what a text has in lower case where the pattern matches. */
const OTHERS: readonly (readonly [RegExp, string, string, ...string[]])[] = [
  [NPM, 'API_KEY', 'npm-auth', '/:_'],
  [NUGET, 'PASSWORD', 'nuget-password', '<add key'],
  [TERRAFORM, 'PASSWORD', 'terraform-password', 'password'],
  [KEY_PAIR, 'API_KEY', 'freemius-key', 'secret_key'],
  [JFROG, 'PASSWORD', 'artifactory-password', 'ap', 'akc'],
  [SOFTLAYER, 'API_KEY', 'softlayer-url', 'softlayer'],
  [CONTRIBSYS, 'API_KEY', 'contribsys', 'contribsys'],
];

function span(match: RegExpExecArray | RegExpMatchArray, group: number, type: string, rule: string): SecretSpan {
  const start = match.index! + (group === 0 ? 0 : match[0].lastIndexOf(match[group]!));
  return { type, rule, start, end: start + match[group]!.length };
}

/** Values under `data:` of a Kubernetes manifest of kind Secret. */
function* manifestSecrets(text: string): Generator<SecretSpan> {
  let offset = 0;
  for (const part of text.split(/^---.*$/m)) {
    const start = text.indexOf(part, offset);
    offset = start + part.length;
    if (!/^[ \t]*kind:[ \t]*["']?secret["']?[ \t]*(?:#.*)?$/im.test(part)) continue;
    const data = /^([ \t]*)data:[^\n]*\n/im.exec(part);
    if (!data) continue;
    const from = data.index + data[0].length;
    for (const line of part
      .slice(from)
      .matchAll(
        /^([ \t]{1,64})[\w.-]{1,253}:[ \t]{0,64}(?:[|>][-+]?[ \t]{0,8})?(?:\n[ \t]{0,64})?["']?([A-Za-z0-9+/]{8,}={0,3})["']?[ \t]{0,64}(?:#.*)?$/gm,
      )) {
      if (line[1]!.length <= data[1]!.length || isPlaceholder(line[2]!) || line[2]!.length < 10) continue;
      const at = start + from + line.index + line[0].lastIndexOf(line[2]!);
      yield { type: 'SECRET', rule: 'kubernetes-secret', start: at, end: at + line[2]!.length };
    }
  }
}
