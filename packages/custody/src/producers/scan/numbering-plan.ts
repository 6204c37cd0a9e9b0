/**
 * Can a number be called? As `libphonenumber-js` says it, which makes its expressions anew for each question; here each is
 * made once. What is not in its plainest form (a trunk prefix behind the country code, a number of no country) is left to
 * the library.
 */
import { Metadata, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';

interface NumberType {
  pattern(): string;
  possibleLengths(): readonly number[] | undefined;
}
/** What the library knows of a country; its types leave out most of it. */
interface Plan {
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | undefined;
  leadingDigits(): string | undefined;
  hasTypes(): boolean;
  type(name: string): NumberType | undefined;
}
interface Library {
  selectNumberingPlan(country: string): { readonly numberingPlan: Plan };
  readonly numberingPlan: Plan;
  countryCallingCodes(): Readonly<Record<string, readonly CountryCode[]>>;
}

const TYPES = [
  'FIXED_LINE',
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

interface Country {
  readonly isNational: RegExp;
  readonly prefix: RegExp | null;
  readonly leading: RegExp | null;
  /** null: the pattern of all numbers says it alone. */
  readonly types: readonly { readonly isOne: RegExp; readonly lengths: readonly number[] | undefined }[] | null;
}
const library = new Metadata() as unknown as Library;
const CODES = library.countryCallingCodes();
const COUNTRIES = new Map<string, Country>();

function countryOf(code: string): Country {
  let country = COUNTRIES.get(code);
  if (!country) {
    library.selectNumberingPlan(code);
    const plan = library.numberingPlan;
    const prefix = plan.nationalPrefixForParsing();
    const leading = plan.leadingDigits();
    const types = TYPES.flatMap((name) => {
      const type = plan.type(name);
      return type?.pattern() ? { isOne: whole(type.pattern()), lengths: type.possibleLengths() } : [];
    });
    country = {
      isNational: whole(plan.nationalNumberPattern()),
      prefix: prefix ? new RegExp(`^(?:${prefix})`) : null,
      leading: leading ? new RegExp(`^(?:${leading})`) : null,
      types: plan.hasTypes() ? types : null,
    };
    COUNTRIES.set(code, country);
  }
  return country;
}
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const hasType = ({ isNational, types }: Country, number: string): boolean =>
  isNational.test(number) &&
  (types === null ||
    types.some(({ isOne, lengths }) => (!lengths || lengths.includes(number.length)) && isOne.test(number)));

/** True and false where the plans say so; null where the library must be asked. */
function isCallable(code: string, number: string): boolean | null {
  const codes = CODES[code];
  if (!codes || number.length < 5 || number.length > 14) return null;
  if (countryOf(codes[0]!).prefix?.test(number)) return null;
  const country = codes.length === 1 ? codes[0] : codes.find((one) => isOf(countryOf(one), number));
  return country === undefined ? null : hasType(countryOf(country), number);
}
const isOf = (country: Country, number: string): boolean =>
  country.leading ? country.leading.test(number) : hasType(country, number);

/** Digits with a country code first. */
export function isCallableAbroad(digits: string): boolean {
  if (digits[0] !== '0') {
    for (let length = 1; length <= 3; length++) {
      const code = digits.slice(0, length);
      if (!CODES[code]) continue;
      const known = isCallable(code, digits.slice(length));
      if (known !== null) return known;
      break;
    }
  }
  return parsePhoneNumberFromString(`+${digits}`)?.isValid() ?? false;
}

/** The forms in which ten digits stand for nothing but themselves. */
const PLAIN = /^\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]?\d{4}$/;

/** A number as it is dialled in North America. */
export function isCallableInAmerica(value: string, digits: string): boolean {
  if (digits.length === 10 && digits[0] !== '1' && PLAIN.test(value)) {
    const known = isCallable('1', digits);
    if (known !== null) return known;
  }
  return parsePhoneNumberFromString(value, 'US')?.isValid() ?? false;
}
