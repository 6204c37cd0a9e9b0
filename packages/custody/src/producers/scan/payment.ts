/** Payment cards, bank accounts, wallets. */
import { createHash } from 'node:crypto';
import { DIGITS_9, LONG_WORD } from './anchor.ts';
import { digitsOf, luhn } from './checksum.ts';
import { ibanEnd } from './iban.ts';
import { digits, rule, said, type Rule } from './rule.ts';

/** Issuer ranges of ISO/IEC 7812 and the lengths in use, network by network. */
const NETWORKS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|095|[689])/, [14, 16, 17, 18, 19]],
  [/^(?:6011|64[4-9]|65|622)/, [16, 17, 18, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(?:2131|1800)/, [15]],
  [/^(?:62|81)/, [16, 17, 18, 19]],
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3]|50|5[6-9]|6[037])/, [12, 13, 14, 15, 16, 17, 18, 19]],
  [/^220[0-4]/, [16, 17, 18, 19]],
  [/^9792/, [16]],
  [/^(?:60|65|81|82|508|353|356)/, [16]],
  [/^1/, [15]],
];
/** Visa's, Mastercard's and the others' own groupings are all groups of three to six; one separator throughout. */
const CARD =
  '\\d{13,19}|\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{1,7}|\\d{4}([ -])\\d{6}\\2\\d{4,5}|\\d{4}([ -])\\d{3,4}\\3\\d{3,4}\\3\\d{3,5}';

function isCard(value: string): boolean | 'shape' {
  const number = digitsOf(value);
  if (!luhn(number) || /^(\d)\1+$/.test(number)) return false;
  const isIssued = NETWORKS.some(([prefix, lengths]) => prefix.test(number) && lengths.includes(number.length));
  return isIssued && number[0] !== '1' ? true : isIssued ? 'shape' : false;
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Base58Check of Bitcoin: 21 bytes and the first four of their double SHA-256. */
function isBase58(address: string): boolean {
  let n = 0n;
  for (const char of address) {
    const place = BASE58.indexOf(char);
    if (place < 0) return false;
    n = n * 58n + BigInt(place);
  }
  if (n >= 1n << 200n) return false;
  const bytes = Buffer.from(n.toString(16).padStart(50, '0'), 'hex');
  return Buffer.compare(Buffer.from(sha256(sha256(bytes.subarray(0, 21))).subarray(0, 4)), bytes.subarray(21)) === 0;
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
/** BIP-173 and BIP-350: version 0 with the first constant, later ones with the second. */
function isBech32(address: string): boolean {
  const data = Array.from(address.slice(3), (char) => BECH32.indexOf(char));
  if (data.length < 7 || data.includes(-1)) return false;
  let check = 1;
  for (const value of [3, 3, 0, 2, 3, ...data]) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].forEach((generator, i) => {
      if ((top >>> i) & 1) check ^= generator;
    });
  }
  return check >>> 0 === (data[0] === 0 ? 1 : 0x2bc830a3);
}
const isWallet = (value: string): boolean => (/^bc1/i.test(value) ? isBech32(value.toLowerCase()) : isBase58(value));

const CARD_WORDS = said(
  'credit',
  'card',
  'visa',
  'mastercard',
  'cc',
  'amex',
  'discover',
  'jcb',
  'diners',
  'maestro',
  'charged',
  'paid with',
);

export const PAYMENT: readonly Rule[] = [
  rule(
    'CREDIT_CARD',
    'card',
    new RegExp(`(?<![\\p{L}\\p{N}_.-])(?:${CARD})(?![\\p{L}\\p{N}_]|[.-]\\d)`, 'gu'),
    'proof',
    {
      anchors: DIGITS_9,
      check: isCard,
      context: CARD_WORDS,
    },
  ),
  // Networks come and go; where words say that it is a card's, the check digit is enough.
  rule('CREDIT_CARD', 'card-told', digits('\\d{12,19}'), 'weak', {
    anchors: DIGITS_9,
    check: luhn,
    context: CARD_WORDS,
    needsContext: true,
  }),
  rule('IBAN_CODE', 'iban', /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?=[ -]?[A-Z0-9]{4})/gi, 'proof', {
    anchors: DIGITS_9,
    end: ibanEnd,
    context: said('iban', 'bank', 'account', 'transaction', 'transfer', 'refund'),
  }),
  rule(
    'CRYPTO',
    'bitcoin',
    /(?<![A-Za-z0-9])(?:bc1[a-z0-9]{25,87}|[13][a-zA-HJ-NP-Z0-9]{25,34})(?![A-Za-z0-9])/g,
    'proof',
    {
      anchors: LONG_WORD,
      check: isWallet,
      context: said('wallet', 'btc', 'bitcoin', 'crypto'),
    },
  ),
];
