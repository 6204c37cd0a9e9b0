/** India, Korea, Singapore, Thailand, the Philippines. */
import { CAPITAL_DIGIT, DIGITS_4, DIGITS_9 } from '../anchor.ts';
import { digitsOf, verhoeff, weighted } from '../checksum.ts';
import { digits, rule, said, word, type Rule } from '../rule.ts';

/** UIDAI: twelve digits, not from 0 or 1, no palindrome, Verhoeff. */
const isAadhaar = (value: string): boolean => {
  const n = digitsOf(value);
  return n[0]! >= '2' && n !== [...n].reverse().join('') && verhoeff(n);
};

/** State code 01 to 37, a permanent account number inside, an entity number, Z, a check character. */
const isGstin = (value: string): boolean => {
  const state = Number(value.slice(0, 2));
  const first = value.slice(2, 7);
  return state >= 1 && state <= 37 && first.replace(/\d/g, '').length >= 3 && /^\d{4}[A-Z]$/i.test(value.slice(7, 12));
};

/** Region 00 to 95, and the check of numbers issued before October 2020; later ones have none. */
function isKoreanResident(value: string): 'shape' | 'weak' {
  const n = digitsOf(value);
  const check = (11 - (weighted(n, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10;
  return Number(n.slice(7, 9)) <= 95 && check === Number(n[12]) ? 'shape' : 'weak';
}
const resident = (century: string): RegExp =>
  digits(`\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])-?[${century}]\\d{6}`);

const isKoreanBusiness = (value: string): boolean => {
  const n = digitsOf(value);
  const last = Number(n[8]) * 5;
  const sum = weighted(n, [1, 3, 7, 1, 3, 7, 1, 3]) + Math.floor(last / 10) + last;
  return (10 - (sum % 10)) % 10 === Number(n[9]);
};
const isKoreanLicence = (value: string): boolean => {
  const region = Number(digitsOf(value).slice(0, 2));
  return region >= 11 && region <= 28 && region !== 27;
};

/** ACRA's check characters: businesses (A), companies (B), other entities (C). */
function isUen(value: string): boolean {
  const uen = value.toUpperCase();
  const last = uen.slice(-1);
  if (uen.length === 9) return 'XMKECAWLJDB'[weighted(uen, [10, 4, 9, 3, 8, 2, 7, 1]) % 11] === last;
  if (/^\d/.test(uen)) {
    return (
      Number(uen.slice(0, 4)) <= new Date().getUTCFullYear() &&
      'ZKCMDNERGWH'[weighted(uen, [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11] === last
    );
  }
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWX0123456789';
  const sum = [4, 3, 5, 3, 10, 2, 2, 5, 7].reduce((total, weight, i) => total + alphabet.indexOf(uen[i]!) * weight, 0);
  return UEN_KINDS.includes(uen.slice(3, 5)) && alphabet[(((sum - 5) % 11) + 11) % 11] === last;
}
const UEN_KINDS =
  'LP LL FC PF RF MQ MM NB CC CS MB FM GS DP CP NR CM CD MD HS VH CH MH CL XL CX HC RP TU TC FB FN PA PB SS MC SM GA GB'.split(
    ' ',
  );

const isThai = (value: string): boolean => {
  const sum = weighted(value, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return (11 - (sum % 11)) % 10 === Number(value[12]);
};
const isPhilippineTin = (value: string): boolean => {
  const n = digitsOf(value);
  return weighted(n, [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === Number(n[8]);
};

const PLATE = said('rto', 'vehicle', 'plate', 'registration', 'car', 'bike');

export const ASIA: readonly Rule[] = [
  rule('IN_AADHAAR', 'in-aadhaar', word('\\d{12}|\\d{4}[- :]\\d{4}[- :]\\d{4}'), 'weak', {
    check: isAadhaar,
    context: said('aadhaar', 'aadhar', 'uidai'),
  }),
  rule('IN_PAN', 'in-pan', word('[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]'), 'shape', {
    anchors: CAPITAL_DIGIT,
    context: said('permanent account', 'pan'),
  }),
  rule(
    'IN_PAN',
    'in-pan-old',
    word('[A-Z]{5}\\d{4}[A-Z]|(?=[\\w@#$%^?~-]*[A-Z])(?=[\\w@#$%^?~-]*\\d{4})[\\w@#$%^?~-]{10}'),
    'weak',
    {
      anchors: DIGITS_4,
      context: said('permanent account', 'pan'),
    },
  ),
  rule('IN_GSTIN', 'in-gstin', word('\\d{2}[A-Z0-9]{11}Z[A-Z0-9]'), 'shape', {
    anchors: CAPITAL_DIGIT,
    check: isGstin,
    context: said('gst', 'gstin', 'goods and services'),
  }),
  rule('IN_PASSPORT', 'in-passport', word('[A-Z][1-9]\\d\\s?\\d{4}[1-9]'), 'weak', { context: said('passport') }),
  rule('IN_VOTER', 'in-voter', word('[A-Z]{3}\\d{7}'), 'weak', { context: said('voter', 'vote', 'epic', 'elector') }),
  rule(
    'IN_VEHICLE_REGISTRATION',
    'in-plate',
    word(
      '[A-Z]{2}\\d[A-Z]{1,3}(?!0000)\\d{4}|[A-Z]{2}\\d{2}[A-Z]{1,2}(?!0000)\\d{4}|[2-9][1-9]BH(?!0000)\\d{4}[A-HJ-NP-Z]{2}|(?!00)\\d{2}[A-FHKPRX]\\d{6}[A-Z]',
    ),
    'weak',
    { anchors: DIGITS_4, context: PLATE },
  ),
  rule(
    'IN_VEHICLE_REGISTRATION',
    'in-plate-old',
    word('[A-Z]{1,3}(?!0000)\\d{4}|I(?!00000)\\d{5}|\\d{1,3}(?:CD|CC|UN)[1-9]\\d{1,3}'),
    'weak',
    { anchors: DIGITS_4, context: PLATE },
  ),
  rule('KR_RRN', 'kr-rrn', resident('1-4'), 'shape', {
    anchors: DIGITS_9,
    check: isKoreanResident,
    context: said('rrn', 'resident registration', '주민등록번호', '주민번호'),
  }),
  rule('KR_FRN', 'kr-frn', resident('5-8'), 'shape', {
    anchors: DIGITS_9,
    check: isKoreanResident,
    context: said('frn', 'foreigner registration', '외국인등록번호', '외국인번호'),
  }),
  rule('KR_BRN', 'kr-brn', digits('\\d{3}-\\d{2}-\\d{5}|\\d{10}'), 'shape', {
    anchors: DIGITS_9,
    check: (value) => isKoreanBusiness(value) && (value.length > 10 ? 'shape' : 'weak'),
    context: said('brn', 'business registration', 'business number', '사업자'),
  }),
  rule('KR_DRIVER_LICENSE', 'kr-driver-license', digits('\\d{2}[- ]?\\d{2}[- ]?\\d{6}[- ]?\\d{2}'), 'weak', {
    check: isKoreanLicence,
    context: said('운전면허', '면허번호', "driver'?s? licen[cs]e"),
  }),
  rule('KR_PASSPORT', 'kr-passport', /(?<![A-Za-z0-9])[MSROD](?:\d{3}[A-Z]\d{4}|\d{8})(?!\d)/gi, 'weak', {
    context: said('passport', '여권'),
  }),
  rule('SG_NRIC_FIN', 'sg-nric', word('[A-Z]\\d{7}[A-Z]'), 'shape', {
    anchors: CAPITAL_DIGIT,
    check: (value) => (/^[STFGM]/i.test(value) ? 'shape' : 'weak'),
    context: said('nric', 'fin', 'identity card'),
  }),
  rule('SG_UEN', 'sg-uen', word('\\d{8,9}[A-Z]|[TSR]\\d{2}[A-Z]{2}\\d{4}[A-Z]'), 'weak', {
    check: isUen,
    context: said('uen', 'unique entity', 'acra', 'business registration'),
  }),
  rule('TH_TNIN', 'th-tnin', word('[1-9](?:[134]\\d|2[0-7]|5[0-8]|[67][0-7]|[89][0-6])\\d{10}'), 'weak', {
    check: isThai,
    context: said('thai', 'tnin', 'เลขประจำตัวประชาชน', 'เลขบัตรประชาชน', 'รหัสปชช'),
  }),
  rule('PH_TIN', 'ph-tin', word('\\d{3}-\\d{3}-\\d{3}(?:-\\d{3})?|\\d{9}|\\d{12}'), 'weak', {
    check: isPhilippineTin,
    context: said('tin', 'taxpayer', 'bir', 'tax id', 'rdo'),
  }),
  rule(
    'PH_MOBILE_NUMBER',
    'ph-mobile',
    /(?<![\d+])(?:\+63[ -]?|0[ -]?)\(?9\d{2}\)?[ -]?\d{3}[ -]?\d{4}(?!\d)/g,
    'shape',
    {
      anchors: DIGITS_9,
      check: (value) => (value.startsWith('+') ? 'shape' : 'weak'),
      context: said('mobile', 'cell', 'phone', 'telepono', 'contact', 'text', 'call'),
    },
  ),
  rule('PH_UMID', 'ph-umid', word('\\d{4}-\\d{7}-\\d|\\d{12}'), 'weak', {
    context: said('umid', 'crn', 'common reference', 'sss', 'gsis', 'philhealth', 'pag-ibig'),
  }),
  rule('PH_PASSPORT', 'ph-passport', word('[A-Z]\\d{7}[A-Z]|[A-Z]{2}\\d{7}'), 'weak', {
    context: said('passport', 'pasaporte', 'dfa'),
  }),
];
