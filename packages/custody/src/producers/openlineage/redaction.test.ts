import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OpenLineageError } from './openlineage-error.ts';
import { redactEvent } from './redaction.ts';
import { redactSecrets, sensitiveName } from './secrets.ts';
import { suspectsIn } from './suspicion.ts';

/** Secrets are put together here, so that no scanner takes this file for a leak. */
const random = (alphabet: string, length: number): string =>
  Array.from({ length }, (_, i) => alphabet[(i * 7 + 3) % alphabet.length]).join('');
const UPPER = random('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 64);
const WORD = random('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 80);
const HEX = random('0123456789abcdef', 64);
const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const JWT = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ sub: '1234567890' })}.${WORD.slice(0, 43)}`;

/** What a vendor gives out: known by its form alone, wherever it stands. */
const BY_FORM: readonly (readonly [rule: string, secret: string])[] = [
  ['aws-key', `AKIA${UPPER.slice(0, 16)}`],
  ['aws-key', `ASIA${UPPER.slice(0, 16)}`],
  ['gcp-key', `AIza${WORD.slice(0, 35)}`],
  ['gcp-token', `ya29.${WORD.slice(0, 60)}`],
  ['github-token', `ghp_${WORD.slice(0, 36)}`],
  ['github-token', `github_pat_${WORD.slice(0, 22)}_${WORD.slice(0, 50)}`],
  ['gitlab-token', `glpat-${WORD.slice(0, 20)}`],
  ['slack-token', `xoxb-${'1234567890'.repeat(2)}-${WORD.slice(0, 24)}`],
  ['stripe-key', `sk_live_${WORD.slice(0, 24)}`],
  ['stripe-key', `rk_test_${WORD.slice(0, 24)}`],
  ['vendor-key', `sk-ant-${WORD.slice(0, 40)}`],
  ['vendor-key', `hf_${WORD.replace(/\d/g, 'x').slice(0, 34)}`],
  ['vendor-key', `sk-${WORD.slice(0, 20)}T3BlbkFJ${WORD.slice(0, 20)}`],
  ['vendor-key', `dapi${HEX.slice(0, 32)}`],
  ['azure-secret', `QtT8Q~${WORD.slice(0, 34)}`],
  ['jwt', JWT],
  ['private-key', `-----BEGIN RSA PRIVATE KEY-----\n${WORD}\n-----END RSA PRIVATE KEY-----`],
  ['private-key', `-----BEGIN PRIVATE KEY-----\n${WORD}`],
];

describe('secrets by their form', () => {
  test.each(BY_FORM)('%s', (rule, secret) => {
    for (const [before, after] of [
      ['', ''],
      ['key is ', ', and more'],
      ['https://e.com/?x=', '&y=1'],
      ['"', '"'],
    ]) {
      expect(
        redactSecrets(`${before}${secret}${secret.includes('-----END') || rule !== 'private-key' ? after : ''}`),
      ).toEqual({
        text: `${before}[redacted:${rule}]${secret.includes('-----END') || rule !== 'private-key' ? after : ''}`,
        count: 1,
      });
    }
  });
});

describe('secrets by what they are assigned to', () => {
  test.each<[string, string]>([
    ['postgres://etl:hunter2@db:5432/bank', 'postgres://etl:[redacted:url-password]@db:5432/bank'],
    ['mongodb+srv://u:p%40ss@c.example.net/x', 'mongodb+srv://u:[redacted:url-password]@c.example.net/x'],
    ['jdbc:mysql://root:p@ss/w?rd@db/x', 'jdbc:mysql://root:[redacted:url-password]@db/x'],
    ['redis://:hunter2@cache:6379', 'redis://:[redacted:url-password]@cache:6379'],
    ['jdbc:oracle:thin:scott/tiger@//db:1521/x', 'jdbc:oracle:thin:scott/[redacted:url-password]@//db:1521/x'],
    [
      'jdbc:postgresql://db/x?user=u&password=hunter2&ssl=true',
      'jdbc:postgresql://db/x?user=u&password=[redacted:password]&ssl=true',
    ],
    [
      'jdbc:sqlserver://db;user=sa;password=hunter2;encrypt=true',
      'jdbc:sqlserver://db;user=sa;password=[redacted:password];encrypt=true',
    ],
    ['Server=db;Uid=sa;Pwd=hunter2;', 'Server=db;Uid=sa;Pwd=[redacted:password];'],
    [
      `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${WORD}==`,
      'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=[redacted:secret]',
    ],
    [
      `https://a.blob.core.windows.net/c?sv=1&sig=${WORD}`,
      'https://a.blob.core.windows.net/c?sv=1&sig=[redacted:azure-signature]',
    ],
    [`Authorization: Bearer ${WORD}`, 'Authorization: Bearer [redacted:authorization]'],
    ['curl -u etl:hunter2 https://e.com', 'curl -u etl:[redacted:password] https://e.com'],
    ['etl --password hunter2 --verbose', 'etl --password [redacted:password] --verbose'],
    ['AWS_SECRET_ACCESS_KEY=abc/def+ghi PATH=/bin', 'AWS_SECRET_ACCESS_KEY=[redacted:secret] PATH=/bin'],
    ['{"db_password": "hun\\"ter2", "x": 1}', '{"db_password": "[redacted:password]", "x": 1}'],
    ["client = Client(api_key='hunter2')", "client = Client(api_key='[redacted:secret]')"],
    ['System.setProperty("DB_TOKEN", "hunter2")', 'System.setProperty("DB_TOKEN", "[redacted:token]")'],
  ])('%s', (text, expected) => {
    expect(redactSecrets(text).text).toBe(expected);
  });

  test.each([
    'abfss://container@account.dfs.core.windows.net/path',
    's3a://bucket/key@v1',
    'https://host:8080/path?mail=a@b.com',
    'kafka://broker-1:9092,broker-2:9092/topic@part',
    'Questions to bob@example.com',
    'postgres://etl:${DB_PASSWORD}@db/x',
    'password=${PASSWORD}',
    'password=*********(redacted)',
    '{"password": null, "token": ""}',
    'password: hashed',
    'token: unit of text',
    'The tokens of a text, token_count=17, max_tokens: 512',
    'spark.hadoop.fs.s3a.aws.credentials.provider=org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider',
    'password_file=/run/secrets/db',
    'basic information about credit',
    'asia-east1, xox, eyJ, AKIA, sk_live',
    'SELECT secret_santa FROM gifts',
    'https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/dbt',
  ])('%s is none', (text) => {
    expect(redactSecrets(text)).toEqual({ text, count: 0 });
  });

  test.each<[string, ReturnType<typeof sensitiveName>]>([
    ['spark.hadoop.fs.s3a.secret.key', 'secret'],
    ['fs.azure.account.key.lake.dfs.core.windows.net', 'secret'],
    ['javax.jdo.option.ConnectionPassword', 'password'],
    ['dbPassword', 'password'],
    ['PGPASSWORD', 'password'],
    ['MYSQL_PWD', 'password'],
    ['clientSecret', 'secret'],
    ['apiKey', 'secret'],
    ['Authorization', 'token'],
    ['x-auth-token', 'token'],
    ['name', null],
    ['primary_key', null],
    ['passenger_count', null],
    ['compass', null],
    ['token_count', null],
    ['secret_name', null],
  ])('what is called %s: %s', (name, rule) => {
    expect(sensitiveName(name)).toBe(rule);
  });
});

const redacted = (event: unknown): { event: unknown; count: number } => {
  const body = Buffer.from(JSON.stringify(event));
  const { payload, redacted: count } = redactEvent(body);
  if (count === 0) expect(payload).toBe(body);
  return { event: JSON.parse(Buffer.from(payload).toString()), count };
};

describe('in an event', () => {
  test.each<[string, unknown, unknown]>([
    ['a member', { password: 'hunter2', user: 'etl' }, { password: '[redacted:password]', user: 'etl' }],
    ['a number', { password: 1234, token: 1234 }, { password: '[redacted:password]', token: 1234 }],
    [
      'nothing to hide',
      { password: '', secret: null, token: true, pwd: '***' },
      { password: '', secret: null, token: true, pwd: '***' },
    ],
    ['objects under such a name', { password: { type: 'x', fields: [1] } }, { password: { type: 'x', fields: [1] } }],
    [
      'a list under such a name',
      { names: ['a'], secrets: ['hunter2', 'b3ta'] },
      { names: ['a'], secrets: ['[redacted:secret]', '[redacted:secret]'] },
    ],
    [
      'an environment facet',
      {
        environmentVariables: [
          { name: 'DB_PASSWORD', value: 'hunter2' },
          { name: 'HOME', value: '/x' },
        ],
      },
      {
        environmentVariables: [
          { name: 'DB_PASSWORD', value: '[redacted:password]' },
          { name: 'HOME', value: '/x' },
        ],
      },
    ],
    [
      'a value that is suspect by itself',
      { key: 'db.password', value: 'token=abc hunter2' },
      { key: 'db.password', value: '[redacted:password]' },
    ],
    [
      'in the other order',
      { value: 'hunter2', source: 'x', key: 'api.token' },
      { value: '[redacted:token]', source: 'x', key: 'api.token' },
    ],
    [
      'a property as a pair',
      [
        ['spark.db.password', 'hunter2'],
        ['spark.x', 'y'],
      ],
      [
        ['spark.db.password', '[redacted:password]'],
        ['spark.x', 'y'],
      ],
    ],
    [
      'a schema field of such a name',
      { fields: [{ name: 'password', type: 'string' }] },
      { fields: [{ name: 'password', type: 'string' }] },
    ],
    [
      'column lineage of such a column',
      { fields: { password: { inputFields: [{ name: 'users', field: 'password' }] } } },
      { fields: { password: { inputFields: [{ name: 'users', field: 'password' }] } } },
    ],
    [
      'a namespace',
      { namespace: 'jdbc:postgresql://u:hunter2@db/x', name: 't' },
      { namespace: 'jdbc:postgresql://u:[redacted:url-password]@db/x', name: 't' },
    ],
    ['a key', { [`AKIA${UPPER.slice(0, 16)}`]: 1 }, { '[redacted:aws-key]': 1 }],
    [
      'SQL whose dialect follows',
      { query: 'select "Bob", a from t', dialect: 'mysql' },
      { query: "select '?', a from t", dialect: 'mysql' },
    ],
    [
      'SQL whose dialect came first',
      { dialect: 'postgres', query: `select "Bob" from t where x = 'y'` },
      { dialect: 'postgres', query: `select "Bob" from t where x = '?'` },
    ],
    [
      'a list of SQL',
      { sql: ["insert into t values ('Bob')", 'select 1'] },
      { sql: ["insert into t values ('?')", 'select ?'] },
    ],
    ['source code', { language: 'python', sourceCode: 'f("Bob")' }, { language: 'python', sourceCode: "f('?')" }],
    [
      'SQL as source code',
      { sourceCode: 'select "a" from "t" where b = 1', language: 'sql' },
      { sourceCode: 'select "a" from "t" where b = ?', language: 'sql' },
    ],
    [
      'an error that quotes a statement',
      { message: "ERROR: INSERT INTO t VALUES ('Bob')" },
      { message: "ERROR: INSERT INTO t VALUES ('?')" },
    ],
    [
      'prose',
      { description: "Select the customer's 3 best offers" },
      { description: "Select the customer's 3 best offers" },
    ],
  ])('%s', (_, event, expected) => {
    const { event: kept, count } = redacted(event);
    expect(kept).toEqual(expected);
    expect(count > 0).toBe(JSON.stringify(kept) !== JSON.stringify(event));
  });

  test('spelled with escapes', () => {
    for (const body of [
      '{"p\\u0061ssword":"hunter2"}',
      '{"x":"p\\u0061ssword=hunter2"}',
      '{"x":"password\\u003dhunter2"}',
      '{"x":"postgres:\\/\\/u:hunter2@db"}',
      '{"x":"postgres:\\u002f\\u002fu:hunter2@db"}',
      '{"x":"postgres:\\u002F\\u002Fu:hunter2\\u0040db"}',
      '{"qu\\u0065ry":"select \'hunter2\'"}',
    ]) {
      expect(Buffer.from(redactEvent(Buffer.from(body)).payload).toString()).not.toContain('hunter2');
    }
  });

  test('whatever the spacing, everything else stays as it was sent', () => {
    const body = '{ "a" : 1.50e3 ,\r\n\t"query"\n: "select \'x\'" , "z":[ ] , "password" :\t-12.0 , "n":"\\u00e9\\/" }';
    expect(Buffer.from(redactEvent(Buffer.from(body)).payload).toString()).toBe(
      body.replace("'x'", "'?'").replace('-12.0', '"[redacted:password]"'),
    );
  });
});

describe('the first look misses nothing that the rules would find', () => {
  const secret = fc.oneof(
    fc.constantFrom(...BY_FORM.map(([, text]) => text)),
    fc.constantFrom(
      'postgres://u:hunter2@db',
      'password=hunter2',
      'PWD: hunter2',
      'apikey = "hunter2x"',
      `Bearer ${WORD}`,
      `x?sig=${WORD}`,
      "select 'x' from t",
      "insert into t values ('x')",
      'jdbc:oracle:thin:scott/tiger@db',
    ),
  );
  const around = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', ' ', '"', '\n', 'é', '@', '://', '~', '=', '\u00a0', '\u2003', '\u2028', '\u3000', '\ufeff'),
  );

  test('in any text', () => {
    fc.assert(
      fc.property(around, secret, around, (before, middle, after) => {
        const text = before + middle + after;
        if (redactSecrets(text).count === 0) return;
        expect(suspectsIn(Buffer.from(JSON.stringify({ x: text })))).not.toEqual([]);
        expect(redactEvent(Buffer.from(JSON.stringify({ x: text }))).redacted).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  test('wherever the text starts in the body', () => {
    for (const [, text] of BY_FORM) {
      for (let shift = 0; shift < 8; shift++) {
        const body = JSON.stringify({ ['k'.repeat(shift + 1)]: `${'-'.repeat(shift)} ${text}` });
        expect(redactEvent(Buffer.from(body)).redacted).toBe(1);
      }
    }
  });
});

describe('any bytes at all', () => {
  test('are redacted or left, in linear time, and only nesting is refused', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        ',',
        ':',
        '\\',
        '\\u00',
        '"query":',
        '"password":',
        '@',
        '~',
        'token',
        '://',
        "'",
        '1',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        try {
          const body = Buffer.from(pieces.join(''));
          const { payload, redacted: count } = redactEvent(body);
          if (count === 0) expect(payload).toBe(body);
        } catch (error) {
          expect(error).toBeInstanceOf(OpenLineageError);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    '@',
    ':/@',
    'eyJ-',
    '-eyJ',
    'password=',
    'password ',
    '"query":',
    'sk-',
    'bearer ',
    '://a:',
    'jdbc:oracle:thin:a/',
    '-----BEGIN ',
    '\\u0061',
    'token"',
    'select ',
    'select a from ',
    'sig=',
    'Q~',
    '--a-',
    "'",
    'a://',
  ])(
    'a megabyte of %s takes a moment',
    (piece) => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      for (const body of [JSON.stringify({ x: text }), JSON.stringify({ query: text }), text]) {
        const { payload } = redactEvent(Buffer.from(body));
        expect(payload.length).toBeGreaterThan(0);
      }
    },
    10_000,
  );
});
