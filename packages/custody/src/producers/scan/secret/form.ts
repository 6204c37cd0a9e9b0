/**
 * Secrets that are known by their own form: prefixes, lengths and alphabets that vendors publish so that scanners find
 * them. Each form is a fact about a vendor's keys; the table is ours.
 */
import { entropy, isPlaceholder } from './entropy.ts';

export interface SecretForm {
  readonly name: string;
  readonly type: string;
  readonly pattern: RegExp;
  /** Bits a character below which it is an example. */
  readonly entropy: number;
  readonly check?: (value: string) => boolean;
  /** Words that must stand somewhere before it: the form alone is too common. */
  readonly before?: RegExp;
}

/** Not inside of a longer word. */
const alone = (form: string): string => `(?<![A-Za-z0-9_])(?:${form})(?![A-Za-z0-9_])`;
const form = (name: string, text: string, least = 2, type = 'API_KEY', flags = 'g'): SecretForm => ({
  name,
  type,
  pattern: new RegExp(alone(text), flags),
  entropy: least,
});

const JOSE_MEMBER = /^\{\s*"(?:alg|typ|kid|cty|enc|zip|jwk|jku|x5\w+)"/;

/** RFC 7519: two JSON objects in base64url, the first with a JOSE header's member first. */
function isJwt(value: string): boolean {
  const [header, claims] = value.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1').trim());
  return JOSE_MEMBER.test(header!) && header!.endsWith('}') && claims!.startsWith('{');
}

const hex = (count: number | string): string => `[a-f0-9]{${count}}`;
const word = (count: number | string): string => `[A-Za-z0-9_-]{${count}}`;
const alnum = (count: number | string): string => `[A-Za-z0-9]{${count}}`;

export const FORMS: readonly SecretForm[] = [
  // Clouds
  form('aws-access-key', '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}', 0.5),
  form(
    'aws-bedrock',
    'ABSKQmVkcm9ja0FQSUtleS1[A-Za-z0-9+/]{50,300}={0,2}|bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t',
    1.9,
  ),
  form('gcp-key', `AIza${word(35)}`, 3.6),
  form('gcp-oauth', `ya29\\.${word('20,')}|GOCSPX-${word('20,')}`),
  form('azure-client-secret', '[A-Za-z0-9_~.-]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}', 3),
  form('azure-storage', 'AccountKey=[A-Za-z0-9+/]{86}=='),
  form('alibaba-key', 'LTAI[A-Za-z0-9]{17,21}', 2),
  form('digitalocean-token', `do[opr]_v1_${hex(64)}`, 3, 'API_KEY', 'gi'),
  form('databricks-token', `dapi${hex(32)}(?:-\\d)?`, 3),
  form('flyio-token', `fo1_${word(43)}|fm[12][ar]?_[A-Za-z0-9+/=_-]{100,}`, 3),
  form('heroku-key', `HRKU-AA${word(58)}`, 3),
  form('yandex-key', `t1\\.[A-Z0-9a-z_-]+={0,2}\\.[A-Za-z0-9_-]{60,100}={0,2}|AQVN${word('35,38')}|YC${word(38)}`, 3.3),
  form('scalingo-token', `tk-us-${word(48)}`),
  form('planetscale', 'pscale_(?:tkn|oauth|pw)_[A-Za-z0-9=._-]{32,64}', 3, 'API_KEY', 'gi'),
  // Code hosting and packages
  form('github-token', `gh[pousr]_${alnum('36,251')}|github_pat_[A-Za-z0-9_]{60,255}`, 3),
  form(
    'gitlab-token',
    `gl(?:pat|dt|rt|rtr|soat|ft|ffct|cbt)-(?:t[0-9a-z]_)?[0-9A-Za-z_=.-]{20,300}|glimt-${word(25)}|glptt-${word(40)}|glagent-${word('50,1024')}|gloas-${word(64)}`,
    3,
  ),
  form('gitlab-job-token', `glcbt-${alnum('1,5')}_${word(20)}`, 3),
  form('gitlab-runner', `GR1348941${word(20)}`, 3),
  form('gitlab-session', `_gitlab_session=[0-9a-z]{32}`, 3),
  form('bitbucket-app', `ATBB${alnum(32)}|ATCTT3xFfG[A-Za-z0-9+/=_-]{20,}|ATATT3[A-Za-z0-9_=-]{186}`, 3),
  form('npm-token', `npm_${alnum(36)}`, 2, 'API_KEY', 'gi'),
  form('pypi-token', `pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZ)${word('50,1000')}`, 3),
  form('rubygems-key', `rubygems_${hex(48)}`),
  form('clojars-token', 'CLOJARS_[a-z0-9]{60}', 2, 'API_KEY', 'gi'),
  form('docker-pat', `dckr_(?:pat|oat)_${word('27,32')}`, 3),
  form('artifactory', `AKC[A-Za-z0-9]{10,}|cmVmd[A-Za-z0-9]{59}`, 1),
  form('sourcegraph', 'sgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}', 3),
  { ...form('sourcegraph-told', '(?<=sourcegraph.{0,20})[a-fA-F0-9]{40}', 3), before: /sourcegraph/i },
  form('postman', `PMAK-${hex(24)}-${hex(34)}`, 3, 'API_KEY', 'gi'),
  form('prefect', 'pnu_[a-zA-Z0-9]{36}', 2),
  form('pulumi', `pul-${hex(40)}`, 2),
  form('terraform', '[a-zA-Z0-9]{14}\\.atlasv1\\.[A-Za-z0-9=_-]{60,70}', 3.5),
  form('vault', `hvb\\.[\\w-]{138,300}|hvs\\.[\\w-]{90,120}|hvr\\.[\\w-]{24,}`, 3),
  form('vault-service', `s\\.(?=[A-Za-z0-9]*\\d)(?=[A-Za-z0-9]*[A-Z])[A-Za-z0-9]{24}`, 3.5),
  form('doppler', `dp\\.(?:pt|st|ct|scim|audit)\\.[A-Za-z0-9._]{40,60}`, 2, 'API_KEY', 'gi'),
  form('infracost', 'ico-[a-zA-Z0-9]{32}', 3),
  form('octopus', 'API-[A-Z0-9]{26}', 3),
  form('openshift', 'sha256~[\\w-]{43}', 3.5),
  form('harness', '[sp]at\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}', 3),
  form('frameio', 'fio-u-[A-Za-z0-9=_-]{64}', 3, 'API_KEY', 'gi'),
  form('defined-networking', 'dnkey-[a-z0-9=_-]{26}-[a-z0-9=_-]{52}', 3, 'API_KEY', 'gi'),
  form('readme', 'rdme_[a-z0-9]{70}', 2),
  form('settlemint', 'sm_(?:aat|pat|sat)_[a-zA-Z0-9]{16}', 3),
  form('dynatrace', 'dt0c01\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{64}', 3, 'API_KEY', 'gi'),
  // Messages
  form(
    'slack-token',
    `xox[bpas](?:-\\d+){1,4}-(?=[A-Za-z0-9-]{0,20}\\d)(?=\\d*[A-Za-z])[A-Za-z0-9-]{10,64}|xox(?:[ars]|o(?=-[0-9a-zA-Z-]{0,20}\\d{3}))-(?=[0-9a-zA-Z-]{0,20}\\d)(?:\\d-)?[0-9a-zA-Z-]{10,64}|xoxe(?:\\.xox[bp])?-\\d-[A-Z0-9a-z]{100,200}|xoxb-\\d{8,14}-[A-Za-z0-9]{18,26}|xapp-\\d-[A-Za-z0-9]+-\\d+-[a-z0-9]+`,
    2,
  ),
  {
    name: 'slack-webhook',
    type: 'API_KEY',
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{30,90}/g,
    entropy: 1.9,
  },
  {
    name: 'teams-webhook',
    type: 'API_KEY',
    pattern:
      /(?<![a-z0-9-])[a-z0-9-]{1,63}\.webhook\.office\.com\/webhookb2\/[A-Za-z0-9@-]{36,90}\/IncomingWebhook\/[a-z0-9]{20,40}(?:\/[a-z0-9-]{36})?/gi,
    entropy: 2,
  },
  // The first part is a number in base64, so it starts with one of three letters.
  {
    name: 'discord-bot',
    type: 'API_KEY',
    pattern: /[MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}(?![A-Za-z0-9_-])/g,
    entropy: 3.5,
  },
  form('telegram-bot', '\\d{8,10}:A[A-Za-z0-9_-]{34}', 3),
  form('twilio', `(?:SK|AC)${hex(32)}|SKx{32}`, 0),
  form('sendgrid', 'SG\\.[A-Za-z0-9_=-]{22}\\.[A-Za-z0-9_=-]{43}|SG\\.[A-Za-z0-9=_.-]{66}', 3),
  form('sendinblue', `xkeysib-${hex(64)}-[a-z0-9]{16}`, 2, 'API_KEY', 'gi'),
  form('mailchimp', `${hex(32)}-us\\d{1,2}`, 2.5),
  form('mailgun', `(?:key|pubkey)-${hex(32)}|${hex(32)}-${hex(8)}-${hex(8)}`, 3),
  form(
    'mapbox',
    'pk\\.[a-z0-9]{60}\\.[a-z0-9]{22}|[ps]k\\.eyJ1[A-Za-z0-9_-]{40,}\\.[A-Za-z0-9_-]{20,}',
    3,
    'API_KEY',
    'gi',
  ),
  // Models, payments, monitoring
  form(
    'openai',
    `sk-(?:(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,200}|[A-Za-z0-9_-]{20,100}T3BlbkFJ[A-Za-z0-9_-]{20,100})`,
    3,
  ),
  form('anthropic', 'sk-ant-(?:api|admin)\\d{2}-[\\w-]{93}AA', 3),
  form('perplexity', 'pplx-[A-Za-z0-9]{48}', 3),
  {
    name: 'huggingface',
    type: 'API_KEY',
    pattern: /(?<![A-Za-z0-9])(?:hf_|api_org_)[A-Za-z]{34}(?![A-Za-z])/g,
    entropy: 3,
  },
  form('stripe', '(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,99}|whsec_[A-Za-z0-9+/]{24,}', 2),
  form('square', '(?:EAAA|sq0atp-|sq0csp-)[\\w-]{22,60}', 2),
  form('shopify', `shp(?:at|ca|pa|ss)_${'[a-fA-F0-9]{32}'}`, 2),
  form('shippo', `shippo_(?:live|test)_${hex(40)}`, 2),
  form('flutterwave', 'FLW(?:SEC|PUB)K_TEST-[a-hA-H0-9]{12,32}(?:-X)?', 2, 'API_KEY', 'gi'),
  form('plaid-token', 'access-(?:sandbox|development|production)-[0-9a-f-]{36}', 2),
  form('gocardless', 'live_[A-Za-z0-9=_-]{40}', 3),
  form('easypost', 'EZ[AT]K[A-Za-z0-9]{54}', 3),
  form('duffel', 'duffel_(?:test|live)_[A-Za-z0-9_=-]{43}', 2),
  form(
    'grafana',
    'glc_[A-Za-z0-9+/]{32,400}={0,3}|glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|eyJrIjoi[A-Za-z0-9]{70,400}={0,3}',
    3,
  ),
  form('newrelic', `NR(?:AK|II|IQ|RA)-[A-Za-z0-9-]{25,40}|NRJS-${hex(19)}|NRAL-[A-Za-z0-9-]{30,}`, 2, 'API_KEY', 'gi'),
  form('sentry', `sntrys_eyJ[A-Za-z0-9+/=]{40,500}_[A-Za-z0-9+/]{43}|sntryu_${hex(64)}`, 3),
  form('linear', 'lin_api_[a-z0-9]{40}', 2, 'API_KEY', 'gi'),
  form('notion', 'ntn_\\d{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43}', 3.7),
  form('airtable', 'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}', 2),
  form('typeform', 'tfp_[a-z0-9_.=-]{59}', 3, 'API_KEY', 'gi'),
  form('beamer', 'b_[a-z0-9=_-]{44}', 3.5),
  form('cloudflare-origin', `v1\\.0-${hex(24)}-${hex(146)}`, 2),
  form('clickhouse', '4b1d[A-Za-z0-9]{38}', 3),
  form('maxmind', '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk', 3),
  form(
    'authress',
    '(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\\.[a-z0-9]{4,6}\\.(?:acc)[_-][a-z0-9-]{10,32}\\.[a-z0-9+/_=-]{30,120}',
    3,
    'API_KEY',
    'gi',
  ),
  form('facebook', 'EAA[MC][A-Za-z0-9]{100,}|\\d{15,16}(?:\\||%7[Cc])[0-9A-Za-z_-]{27,40}', 3),
  form('adobe', `p8e-${hex(32)}`, 2, 'API_KEY', 'gi'),
  form('intra42', `s-s4t2(?:ud|af)-${hex(64)}`, 3),
  form('1password', 'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}', 3),
  form('1password-account', 'ops_eyJ[A-Za-z0-9+/]{250,}={0,3}', 4),
  form('age-key', 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}', 0),
  form('github-app', 'v1\\.[a-f0-9]{40}', 3),
  {
    ...form('sumologic', 'su[A-Za-z0-9]{12}(?<=(?:[Ss]umo[^\\n]{0,40}|SUMO[^\\n]{0,40})su[A-Za-z0-9]{12})', 3),
    before: /sumo/i,
  },
  {
    name: 'jwt',
    type: 'AUTH_TOKEN',
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,2000}\.eyJ?[A-Za-z0-9_-]{6,4000}(?:\.[A-Za-z0-9_-]*={0,2})?/g,
    entropy: 3,
    check: isJwt,
  },
  { name: 'jwt-base64', type: 'AUTH_TOKEN', pattern: /(?<![A-Za-z0-9+/])ZXlK[A-Za-z0-9+/_-]{60,}={0,2}/g, entropy: 3 },
  {
    name: 'sidekiq-url',
    type: 'PASSWORD',
    pattern: /https?:\/\/[a-f0-9]{8}:[a-f0-9]{8}@(?:gems|enterprise)\.contribsys\.com/g,
    entropy: 1,
  },
];

/** Is what has the form a secret, and no example? */
export function isSecretForm({ entropy: least, check }: SecretForm, value: string): boolean {
  if (check && !check(value)) return false;
  return least === 0 || (entropy(value) >= least && !(least >= 2 && isPlaceholder(value)));
}
