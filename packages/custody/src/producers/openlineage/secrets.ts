/**
 * Secrets in texts that producers send without meaning to: passwords in URLs and properties, cloud and vendor keys.
 *
 * Every rule takes linear time: either no match can start inside what another start already scanned (a lookbehind names
 * the rule's own character class), or how far a start looks ahead is bounded.
 */

import { keysIn } from '../scan/secret/detect.ts';
import { tellingFormsFor } from '../scan/secret/mark.ts';

export interface SecretsFound {
  readonly text: string;
  readonly count: number;
}

interface SecretRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** What stands for the match; null leaves it. Without it the whole match goes. */
  readonly replace?: (match: string, ...groups: string[]) => string | null;
}

const mark = (rule: string): string => `[redacted:${rule}]`;

/** What stands for a secret that is recognised by its own form, with nothing of its own class just before it. */
const byForm = (name: string, form: string, flags = 'g'): SecretRule => ({
  name,
  pattern: new RegExp(`(?<![A-Za-z0-9_-])${form}`, flags),
});

const RULES: readonly SecretRule[] = [
  {
    name: 'private-key',
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  byForm('aws-key', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9_])'),
  byForm('gcp-key', 'AIza[A-Za-z0-9_-]{35}'),
  byForm('gcp-token', '(?:ya29\\.|GOCSPX-)[A-Za-z0-9_-]{20,}'),
  byForm('github-token', '(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})'),
  byForm('gitlab-token', 'glpat-[A-Za-z0-9_-]{20,}'),
  byForm('slack-token', '(?:(?:xoxe\\.)?xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}'),
  { name: 'slack-webhook', pattern: /hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9+/_-]{20,}/g },
  byForm('stripe-key', '(?:[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/]{24,})'),
  byForm('vendor-key', 'sk-(?:(?:ant|proj|svcacct|admin)-[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})'),
  // Only behind these, because suspicion.ts must know them by what stands before.
  { name: 'vendor-key', pattern: /(?<=^|[\s"'=:/([{,;|>])hf_[A-Za-z]{30,}/g },
  byForm('vendor-key', '(?:npm_[A-Za-z0-9]{36}|dapi[0-9a-f]{32}|pypi-[A-Za-z0-9_-]{50,})'),
  byForm('vendor-key', '(?:hvs\\.[A-Za-z0-9_-]{24,}|dop_v1_[0-9a-f]{64}|dckr_pat_[A-Za-z0-9_-]{27,})'),
  // The third part, the signature, may be missing: the claims alone are somebody's.
  byForm('jwt', 'eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?'),
  byForm('azure-secret', '[A-Za-z0-9_~.-]{3,4}[0-9]Q~[A-Za-z0-9_~.-]{31,34}'),
  {
    name: 'authorization',
    pattern: /\b(bearer|basic)(\s{1,4})([A-Za-z0-9._~+/=-]{8,})/gi,
    // "basic information" is prose; credentials have a digit, a capital inside or padding.
    replace: (_, scheme, space, value) =>
      /\d|=$|.[A-Z]/.test(value!) ? `${scheme}${space}${mark('authorization')}` : null,
  },
  {
    name: 'azure-signature',
    pattern: /([?&]sig=)[A-Za-z0-9%+/=_-]{16,}/gi,
    replace: (_, parameter) => `${parameter}${mark('azure-signature')}`,
  },
  {
    // RFC 3986 userinfo. Passwords are often not percent-encoded, so what follows the colon may hold '/', '?' and '@':
    // then it is not a port, and the last '@' before a space or quote ends it.
    name: 'url-password',
    pattern:
      /(?<![A-Za-z0-9+.-])([A-Za-z][A-Za-z0-9+.-]{0,40}:(?:\/\/|\\\/\\\/)[^\s"'<>:@/]{0,256}):([^\s"'<>]{0,1024})@/g,
    replace: (_, before, password) => {
      if (PLACEHOLDER.test(password!)) return null;
      const port = /^\d{0,5}(?=[/?#,]|$)/.exec(password!);
      return port && port[0].length < password!.length ? null : `${before}:${mark('url-password')}@`;
    },
  },
  {
    // Oracle's thin driver: jdbc:oracle:thin:scott/tiger@//host:1521/service
    name: 'url-password',
    pattern: /(jdbc:oracle:[a-z]{1,10}:[^\s"'/@]{1,128}\/)([^\s"'@]{1,256})@/gi,
    replace: (_, before) => `${before}${mark('url-password')}@`,
  },
  {
    name: 'password',
    pattern: /(\s(?:-u|--user)[ =]{1,4}["']?[^\s:"']{1,128}:)([^\s"']+)/g,
    replace: (_, before, value) => (PLACEHOLDER.test(value!) ? null : `${before}${mark('password')}`),
  },
  {
    name: 'password',
    pattern: /((?<![\w-])--?[A-Za-z-]{0,20}(?:password|passwd|pwd|token|secret|api-?key)\s{1,4}["']?)([^\s"']+)/gi,
    replace: (_, before, value) => (PLACEHOLDER.test(value!) ? null : `${before}${mark('password')}`),
  },
  {
    // password=..., "apiKey": "...", AccountKey=...;  in properties, query strings, dumps of environments and code
    name: 'assignment',
    pattern:
      /((?:passw|passphrase|pass(?=["'\s]{0,3}[=:])|pwd|secret|token|api[_.-]?key|access[_.-]?key|account[_.-]?key|private[_.-]?key|credential|authorization|cookie)[A-Za-z0-9_.-]{0,60})(\\?["'\]]{0,2}\s{0,4}(?:string\s{0,4}|str\s{0,4})?(?:=>|[?.:]?==?|:|,(?=\s{0,4}\\?["'])|(?<=\w)>(?=[^<]{1,500}<\/))\s{0,4})(\$\{[^{}\s]{0,200}\}|\{\{[^{}]{0,200}\}\}|\\?"(?:[^"\\]|\\[\s\S])*\\?"?|'(?:[^'\\]|\\[\s\S])*'?|[^\s&;,"'<>(){}[\]]+)/gi,
    replace: (_, name, separator, value) => {
      const rule = sensitiveName(name!);
      const bare = value!.replace(/^\\?["']|\\?["']$/g, '');
      if (!rule || bare === '' || PLACEHOLDER.test(bare)) return null;
      // "token: one unit of text" is prose: after a colon, a bare plain word is no secret.
      const isQuoted = bare.length < value!.length;
      if (separator!.includes(':') && !isQuoted && /^[A-Za-z]+[.!?]?$/.test(bare) && bare.length < 16) {
        if (rule !== 'password' || /^(?:the|a|an|of|is|string|text|varchar|hash|hashed|encrypted)$/i.test(bare)) {
          return null;
        }
      }
      const quote = /^\\?["']/.exec(value!)?.[0] ?? '';
      return `${name}${separator}${quote}${mark(rule)}${quote}`;
    },
  },
];

/** Nothing to hide: empty, switched, masked already, or a reference to where the secret is. */
const PLACEHOLDER =
  /^(?:|true|false|null|none|nil|undefined|yes|no|on|off|\?|\*+(?:\(redacted\))?|x{3,}|\.{3}|…|\[?redacted.*|<[^<>]*>|\$\{[^{}]*\}|\$\([^()]*\)|\$[A-Za-z_]\w*|%\w+%|\{\{.*\}\}|%s|%\(\w+\)s|:\w+)$/is;

/** Replaces what is a secret by its form or by what it is assigned to. */
export function redactSecrets(text: string): SecretsFound {
  let count = 0;
  let current = text;
  for (const { name, pattern, replace } of RULES) {
    current = current.replace(pattern, (...found: unknown[]) => {
      const groups = found.filter((group): group is string => typeof group === 'string').slice(0, -1);
      const match = found[0] as string;
      const replaced = replace ? replace(match, ...groups.slice(1)) : mark(name);
      if (replaced === null || replaced === match) return match;
      count++;
      return replaced;
    });
  }
  return withoutScanned(current, count);
}

/**
 * Keys that the scanner's table of vendors (`producers/scan`) knows beyond the rules above: of that table those forms whose
 * first letters the first look (suspicion.ts) has too.
 */
function withoutScanned(text: string, count: number): SecretsFound {
  const found = [...keysIn(text, tellingFormsFor)].filter(
    ({ start, end }) => !text.slice(start, end).includes('[redacted:'),
  );
  if (found.length === 0) return { text, count };
  let rest = '';
  let from = 0;
  let more = 0;
  for (const { start, end, rule } of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < from) continue;
    rest += text.slice(from, start) + mark(rule);
    from = end;
    more++;
  }
  return { text: rest + text.slice(from), count: count + more };
}

const WORD_BREAK = /([a-z0-9])([A-Z])/g;
const NOT_WORD = /[^a-z0-9]+/g;
const PASSWORD_NAME = /passw(?:or)?d|passphrase|passcode|(?:^|_)(?:pwd|pass|pgpass)(?:_|$)/;
const TOKEN_NAME = /(?:^|_)(?:token|bearer|authorization|cookie|sas)(?:_|$)|(?:auth|access|refresh|session)token/;
const SECRET_NAME =
  /secret|credentials?(?:_|$)|(?:^|_)(?:api|access|private|account|encryption|signing|master|shared_access)_?key(?:_|$)/;
/** Names about a secret, whose values are none: `token_count`, `password_file`, `credentials.provider`. */
const ABOUT =
  /_(?:algorithm|arn|backend|budget|class|column|count|counts|dir|enabled|endpoint|env|expires|expiration|expiry|field|file|format|id|ids|length|limit|location|manager|max|min|name|names|number|path|policy|provider|providers|ref|required|rotation|size|total|ttl|type|uri|url|usage|used|version)$/;

/** The rule by which the value of a key or property of this name is a secret; null if it is none. */
export function sensitiveName(name: string): 'password' | 'token' | 'secret' | null {
  if (name.length > 512) return null;
  const words = name.replace(WORD_BREAK, '$1_$2').toLowerCase().replace(NOT_WORD, '_').replace(/_$/, '');
  if (ABOUT.test(words)) return null;
  if (PASSWORD_NAME.test(words)) return 'password';
  if (SECRET_NAME.test(words)) return 'secret';
  return TOKEN_NAME.test(words) ? 'token' : null;
}

/** The value of something named as sensitive, without its secret; null where there is nothing to hide. */
export const hiddenValue = (rule: string, value: string): string | null =>
  PLACEHOLDER.test(value.trim()) ? null : mark(rule);
