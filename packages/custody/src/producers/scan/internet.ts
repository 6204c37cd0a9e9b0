/** Addresses of people and machines on networks. */
import { AT, COLONS, DIGITS_4, EVERYTHING, LONG_WORD } from './anchor.ts';
import { isIPv4Part, isIPv6 } from './ip.ts';
import { rule, said, word, type Rule } from './rule.ts';
import { isTopLevel } from './top-level-domain.ts';

const LOCAL = "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]";
/** RFC 5321: at most 64 before the @ and 253 after; here also letters of other scripts (RFC 6531). */
const EMAIL = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:${LOCAL}(?:[.\\p{L}\\p{N}!#$%&'*+/=?^_\`{|}~-]{0,62}${LOCAL})?)@[\\p{L}\\p{N}_]+(?:-+[\\p{L}\\p{N}_]+)*(?:\\.[\\p{L}\\p{N}_]+(?:-+[\\p{L}\\p{N}_]+)*){1,8}`,
  'gu',
);
const HOST = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){1,8}';

const hostOf = (value: string): string => value.replace(/^[a-z]+:\/\/(?:[^@/]*@)?/i, '').replace(/[/:?#].*$/s, '');
const topOf = (host: string): string => host.slice(host.lastIndexOf('.') + 1).toLowerCase();
const hasTopLevel = (value: string): boolean => isTopLevel(topOf(hostOf(value)));

/** Names of files and methods end like domains; only these endings stand for a domain without `www.` or a scheme. */
const PLAIN_ENDINGS = new Set('com org net edu gov io co de uk fr nl eu ch at it es info biz'.split(' '));

const isMac = (value: string): boolean => !/^(?:0+|f+)$/i.test(value.replace(/[:.-]/g, ''));

export const INTERNET: readonly Rule[] = [
  rule('EMAIL_ADDRESS', 'email', EMAIL, 'proof', {
    anchors: AT,
    check: (value) => isTopLevel(topOf(value)),
    context: said('email', 'e-mail', 'mail'),
  }),
  rule(
    'URL',
    'url',
    new RegExp(`(?<![a-z0-9])https?://${HOST}(?::\\d{1,5})?(?:[/?#][^\\s"'<>]{0,2000})?`, 'gi'),
    'proof',
    {
      anchors: EVERYTHING,
      check: hasTopLevel,
      context: said('url', 'website', 'link', 'site'),
    },
  ),
  rule(
    'URL',
    'url-bare',
    new RegExp(`(?<![a-z0-9@./_-])${HOST}(?![a-z0-9@-])(?:/[^\\s"'<>]{0,2000})?`, 'gi'),
    'proof',
    {
      anchors: EVERYTHING,
      check: (value, text, start) => {
        if (!hasTopLevel(value) || text.slice(Math.max(0, start - 3), start) === '://') return false;
        if (/^www\./i.test(value)) return hostOf(value).split('.').length > 2 && 'proof';
        return PLAIN_ENDINGS.has(topOf(hostOf(value))) ? 'shape' : 'weak';
      },
      context: said('url', 'website', 'link', 'site', 'domain'),
    },
  ),
  rule('IP_ADDRESS', 'ipv4', word('\\d{1,3}(?:\\.\\d{1,3}){3}(?:/(?:3[0-2]|[0-2]?\\d))?'), 'proof', {
    anchors: DIGITS_4,
    check: (value, text, start) =>
      value.split('/')[0]!.split('.').every(isIPv4Part) &&
      // Five groups, or a leading zero, are a phone's or a version's.
      (/^\.\d/.test(text.slice(start + value.length)) || /(?:^|\.)0\d/.test(value) ? 'weak' : 'proof'),
    context: said('ip', 'ipv4', 'address', 'host'),
  }),
  rule(
    'IP_ADDRESS',
    'ipv6',
    /(?<![\p{L}\p{N}_:.])(?:[0-9a-f]{0,4}:){2,8}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{1,4})?(?:%[0-9a-z]+)?(?:\/\d{1,4})?/giu,
    'proof',
    {
      anchors: COLONS,
      check: (value, text, start) =>
        !/^(?:[\p{L}\p{N}_:]|\.\d)/u.test(text.slice(start + value.length, start + value.length + 2)) &&
        isIPv6(value) &&
        (/^::?(?:\/|$)/.test(value) ? 'weak' : 'proof'),
      context: said('ip', 'ipv6', 'address'),
    },
  ),
  rule(
    'MAC_ADDRESS',
    'mac',
    word('[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\\1){4}[0-9a-f]{2}|[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}', 'giu'),
    'proof',
    {
      anchors: COLONS | LONG_WORD,
      check: isMac,
      context: said('mac', 'hardware', 'physical address', 'ethernet'),
    },
  ),
];
