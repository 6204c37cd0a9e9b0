/** Values assigned to names that say that they are secret: in code, properties, JSON, YAML, XML, environments. */
import { entropy, isPlaceholder } from './entropy.ts';

/** A name, what assigns, and the value: `apiKey = "..."`, `api_key: ...`, `<token>...</token>`, `"token", "..."`. */
export const ASSIGNMENT =
  /(?<![\w$.])(-{0,2}[\w$][\w$.-]{0,80})(\s(?<=--[\w-]{4,80}\s)["'`]?|\\?["'`\])]{0,3}\s{0,5}(?:string\s{1,3})?(?:=>|:{1,3}=|[?.+|]?={1,3}|\|\||:|,|>)\s{0,8}\\?["'`]{0,3})([^\s"'`<>,;\\(){}[\]]{6,400})/g;

const SECRET_NAME =
  /token|secret|passw(?:or)?d|passphrase|passcode|(?:^|[_.-])(?:pwd|pass|pw)(?:$|[_.-])|credential|creds|(?:api|access|auth|account|private|encryption|signing|master|license|licence|client|storage|shared|service|admin|iam|app|sdk|hmac|ref|consumer|cloud|sl|softlayer|sl[_-]?api|sl-key|fake-softlayer|artif|write|read|session|deploy|root|user|server|db|database|ssh|pgp|gpg|hash|webhook)[_.-]?key|apikey|\bauth(?:$|[_.-])|authorization|[a-z]Auth$|bearer|slapikey|sl[_-]?api|oauth|iamapikey/i;
/** Names of things about a secret, and of keys that are not kept. */
const NOT_SECRET_NAME =
  /(?:public|foreign|primary|sort|partition|bucket|schema|cache|object|row|group|index|unique|natural|surrogate|translation|i18n|query|dom|json|map|dict|storage_|local)[_.-]?(?:key|token)|(?:key|token|secret|password|credentials?|auth)s?[_.-]?(?:id|ids|url|uri|file|path|name|names|type|hash|size|length|len|count|limit|alg|algorithm|format|version|class|field|column|env|ref|store|vault|manager|provider|ring|pair|map|selector|board|code|word|tag|event|location|expir\w*|ttl|prefix|suffix|index|ize\w*|chars?|st|checksum|label|hint|policy|mode|header|meshing|down|up|press|frame|stroke|value_type|min|max)$|key(?:ing|ed)|keyword|keyboard|keytab|keystore|keyspace|keyframe|monkey|turkey|hockey|tokenizer|tokenize|checksum|author$|authority|authors|accessib|compass|bypass|passage|passenger|authenticity_token|userSecretsId/i;
/** Services whose names before a value say that it is one of their keys. */
const VENDOR =
  /(?:^|_)(?:adafruit|adobe|airtable|algolia|alibaba|alchemy|anthropic|apify|asana|atlassian|auth0|azure|aws|beamer|bitbucket|bitly|bittrex|binance|braintree|bugsnag|buildkite|bundle_(?:gems|enterprise)|contribsys|circleci|clearbit|click_?house|clojars|clou|cloudant|cloud_?flare|cloudinary|codecov|coinbase|cohere|co(?=_api_key)|confluen|contentful|cos|databricks|datadog|deepgram|deepseek|digital_?ocean|do(?=_)|discord|docker|doppler|drone|dropbox|duffel|dynatrace|easypost|elastic|etsy|facebook|fastly|figma|finicity|finnhub|firebase|flickr|flutterwave|fly(?:_?io)?|frame_?io|fresh_?books|freshdesk|gcp|gemini|git_?hub|git_?lab|gitter|gocardless|google|grafana|groq|harness|hashicorp|heroku|hubspot|hugging_?face|ibm|infracost|infura|intercom|jenkins|jfrog|artifactory|artif|bintray|xray|jira|klaviyo|kraken|kucoin|launch_?darkly|linear|linked_?in|lob|looker|mailchimp|mailgun|mapbox|mattermost|maxmind|meraki|message_?bird|mistral|mixpanel|mongodb|netlify|new_?relic|notion|npm|nytimes|new_?york_?times|octopus|okta|open_?ai|openrouter|optimizely|pager_?duty|paypal|perplexity|pinecone|plaid|planet_?scale|postman|prefect|privateai|pulumi|pypi|quay|rapid_?api|razorpay|readme|replicate|rubygems|salesforce|scalingo|segment|send_?bird|send_?grid|sengrid|send_?in_?blue|sentry|shippo|shopify|sidekiq|slack|snowflake|snyk|soft_?layer|sl_?api|sl_key|sonar|sourcegraph|splunk|square|square_?space|stripe|sumo(?:_?logic)?|supabase|tableau|telegr|tencent|travis|trello|twilio|twitch|twitter|typeform|upstash|vault|vercel|weaviate|wandb|yandex|zendesk|zoom)/;
/** Words of a name, apart: `MessageBirdToken` is message_bird_token. */
const wordsOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');

/** A path, an address, a file, a sentence of identifiers. */
const REFERENCE =
  /^(?:\/|\.{1,2}\/|~\/|[a-z]+:\/\/|[A-Za-z]:\\|@)|\.(?:json|ya?ml|pem|crt|cer|key|txt|js|ts|py|go|rb|java|xml|html?|css|png|jpe?g|gif|svg|pub|keytab|com|org|net|io|md|sh|jar|war|env|conf|cfg|ini|properties|toml|lock)(?:$|[/?:])|^(?:process\.|os\.|self\.|this\.|var\.|data\.|config\.|env\.|secrets?\.|module\.|local\.|vault:|arn:|ref\+|ENC|urn:|sops|projects\/)|^[a-z]+(?:[._-][a-z]+)*$|^[A-Z]+(?:_[A-Z]+)*$|^(?:[A-Z]?[a-z]+){2,}$|^[A-Z][a-zA-Z]+(?:\.[A-Z][a-zA-Z0-9]+)+$|^[\w.]+\.[a-z]\w*$|^[A-Za-z_][A-Za-z_.]*=[^=]|^\w+:[A-Z][a-zA-Z]+$/;
/** What starts like a vendor's own form and does not have it is none of that vendor's keys (form.ts has the whole form). */
const FORM_START =
  /^(?:dapi|sm_[aps]at_|xox[a-z]-|xoxe\.|gh[pousr]_|gl(?:pat|ptt|dt|rt|soat|ft|imt|agent|oas|cbt)-|AIza|sk-ant-|hvs\.|npm_|pypi-|dop_v1_|shp(?:at|ca|pa|ss)_|A3-|sgp_|pul-|PMAK-)/;
/** A number, then a colon: of those only Telegram's bots have tokens like this. */
const NUMBERED = /^\d+:/;
const TELEGRAM = /^\d{5,16}:A[\w-]{34}$/i;
const SHORTEST = 8;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DIGIT = /\d/;

/** What the value of this name is; null if it is no secret. */
export function assignedSecret(name: string, operator: string, value: string): { type: string; rule: string } | null {
  // No password is shorter, and no key; nor has anything a name without a letter.
  if (value.length < SHORTEST || !/[a-z]{2}/i.test(name)) return null;
  const isVendor = VENDOR.test(wordsOf(name));
  const isNamed = SECRET_NAME.test(name) && !NOT_SECRET_NAME.test(name);
  if ((!isVendor && !isNamed) || isPlaceholder(value)) return null;
  const isPassword = /passw|passphrase|passcode|pwd|(?:^|[_.-])(?:pass|pw)(?:$|[_.-])/i.test(name);
  // A comma assigns only arguments in quotation marks.
  if (operator.includes(',') && !/["'`]\s*,\s*["'`]/.test(operator)) return null;
  if (REFERENCE.test(value) && !(isPassword && /["'`]$/.test(operator))) return null;
  if (FORM_START.test(value) || (NUMBERED.test(value) && !TELEGRAM.test(value) && /token/i.test(name))) return null;
  const bits = entropy(value);
  if (isPassword && isNamed) {
    const isQuoted = /["'`]$/.test(operator);
    return value.length >= 8 &&
      (DIGIT.test(value) || /[^\w]/.test(value) || isQuoted) &&
      bits > 2.2 &&
      !/^[\w]+\.[\w.]+$/.test(value)
      ? { type: 'PASSWORD', rule: 'assigned-password' }
      : null;
  }
  if (isVendor) {
    if (!DIGIT.test(value) || value.length < 10 || /\s/.test(value)) return null;
    if (UUID.test(value))
      return isNamed || /token|key|id$/i.test(name) ? { type: 'API_KEY', rule: 'assigned-vendor-key' } : null;
    const isLong = value.length >= 14 && bits >= 2.5;
    const needed = isNamed ? isLong : value.length >= 20 && bits >= 3.5 && /[a-z]/i.test(value);
    return needed ? { type: 'API_KEY', rule: 'assigned-vendor-key' } : null;
  }
  if (UUID.test(value) || !/^[\w.=+/~:%|-]+$/.test(value)) return null;
  if (value.length < 10 || bits < 3.3 || !DIGIT.test(value) || !/[a-z]/i.test(value)) return null;
  // Words and numbers with dashes between them are names: NEXUS-GPT4-API-KEY, jjwt-jackson-0.11.2.
  const parts = value.split(/[-_.:/]/);
  if (parts.length > 1 && parts.every((part) => /^(?:[A-Za-z]?[a-z]*|[A-Z]+|\d{1,6}|[A-Za-z]{1,6}\d{1,4})$/.test(part)))
    return null;
  return { type: 'API_KEY', rule: 'assigned-key' };
}
