import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../../../../../../test/seed.ts';
import { detectSecrets } from './detect.ts';

const rules = (text: string, path?: string) => [...detectSecrets(text, path)].map(({ rule }) => rule);
const key = (length: number, alphabet = 'k7Qx2mZp9Lw4Rt8Vb3Nc6Yd1Hf5Gj0As') =>
  Array.from({ length }, (_, i) => alphabet[(i * 7 + (i >> 3)) % alphabet.length]).join('');

describe('secrets', () => {
  test.each([
    ['by prefix', `see ghp_${key(36)} there`, 'github-token'],
    ['by prefix', `AKIA${key(16).toUpperCase()}`, 'aws-access-key'],
    ['by assignment', `apiKey = "${key(32)}"`, 'assigned-key'],
    ['by assignment in a string', `{"config.ini": "ASANA_TOKEN=${key(32)}\\nA=1"}`, 'assigned-vendor-key'],
    ['by a tag', `<slackToken>\n  ${key(32)}\n</slackToken>`, 'assigned-vendor-key'],
    ['in a URL', 'postgres://app:s3cr3t-Zx@db.example.org/app', 'url-password'],
    ['in a command', 'curl -u admin:s3cr3t-Zx https://example.org', 'curl-user'],
    ['in a manifest', `kind: Secret\ndata:\n  key: ${Buffer.from(key(24)).toString('base64')}\n`, 'kubernetes-secret'],
    ['as a block', `-----BEGIN RSA PRIVATE KEY-----\n${key(600)}\n-----END RSA PRIVATE KEY-----`, 'private-key'],
  ])('%s', (_, text, rule) => expect(rules(text)).toContain(rule));

  test.each([
    ['a reference', 'apiKey = "${API_KEY}"'],
    ['an example', 'token = "xxxxxxxxxxxxxxxxxxxxxxxx"'],
    ['a public key', `public_key = "${key(43)}"`],
    ['a path', 'key_file: /etc/ssl/private/server.key'],
    ['a name', 'LLM_SECRET_NAME = "NEXUS-GPT4-API-KEY"'],
    ['a word', 'my password is on the desk'],
    ['an empty key', '-----BEGIN PRIVATE KEY-----\nanything\n-----END PRIVATE KEY-----'],
    ['a template', 'curl --user "${user}:${password}" https://example.org'],
  ])('not %s', (_, text) => expect(rules(text)).toEqual([]));

  test('whatever the text, in time that grows with it', () => {
    const part = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        'token=',
        '"',
        '-----BEGIN PRIVATE KEY-----',
        'curl -u a:',
        'kind: Secret\ndata:\n',
        '://',
        'a'.repeat(2_000),
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        for (const { start, end } of detectSecrets(text))
          expect(start >= 0 && start <= end && end <= text.length).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
