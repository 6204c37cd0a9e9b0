import type { z } from '@hono/zod-openapi';
import { ROLES } from '../access/role.ts';
import type { CreatedToken, TokenView } from '../api/contract.ts';
import { CommandError, EXIT, stringOf, UsageError, type Command } from './command.ts';
import { connect, connected, CONNECTION_OPTIONS, posted } from './connection.ts';
import { formatTable, shortTime } from './table.ts';

type Token = z.infer<typeof TokenView>;

export const tokenCreate: Command = {
  name: 'token create',
  arguments: 'NAME',
  summary: 'make an API token; its secret is shown once',
  example: 'custody token create airflow --role engineer',
  details: 'Roles: admin (everything), engineer (send and read), officer and auditor (read).',
  options: {
    role: { type: 'string', value: 'ROLE', help: `${ROLES.join(', ')} (default engineer)` },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError('Name the token, after who or what will use it.');
    const role = stringOf(invocation, 'role') ?? 'engineer';
    if (!(ROLES as readonly string[]).includes(role))
      throw new UsageError(`--role is one of ${ROLES.join(', ')}, not "${role}".`);
    return connected(invocation, async (connection) => {
      const created = await connection.json<z.infer<typeof CreatedToken>>('/custody/v1/tokens', posted({ name, role }));
      out.write(out.json ? `${JSON.stringify(created)}\n` : `${created.secret}\n`);
      out.note(`Token ${name} (${role}). Keep the secret: it is not shown again.`);
      return EXIT.ok;
    });
  },
};

export const tokenList: Command = {
  name: 'token list',
  arguments: '',
  summary: 'list API tokens, without their secrets',
  example: 'custody token list',
  options: CONNECTION_OPTIONS,
  async run(invocation) {
    return connected(invocation, async (connection) => {
      const { items } = await connection.json<{ items: Token[] }>('/custody/v1/tokens');
      invocation.out.write(
        invocation.out.json
          ? `${JSON.stringify({ items })}\n`
          : formatTable(
              [
                { head: 'NAME', value: ({ name }: Token) => name },
                { head: 'ROLE', value: ({ role }: Token) => role },
                { head: 'MADE (UTC)', value: ({ created }: Token) => shortTime(created) },
                { head: 'LAST USED (UTC)', value: ({ lastUsed }: Token) => shortTime(lastUsed) || 'never' },
              ],
              items,
            ),
      );
      return EXIT.ok;
    });
  },
};

export const tokenRevoke: Command = {
  name: 'token revoke',
  arguments: 'NAME',
  summary: 'withdraw an API token at once',
  example: 'custody token revoke airflow',
  options: CONNECTION_OPTIONS,
  async run(invocation) {
    const { out, positionals } = invocation;
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError('Name one token.');
    return connected(invocation, async (connection) => {
      const response = await connection.send(`/custody/v1/tokens/${encodeURIComponent(name)}`, { method: 'DELETE' });
      if (response.status === 404)
        throw new CommandError(`There is no token named ${name}.`, '`custody token list` lists them.', EXIT.no);
      if (!response.ok) throw new CommandError(`The server answered ${response.status}.`, 'It takes the role admin.');
      out.write(out.json ? `${JSON.stringify({ revoked: name })}\n` : `Token ${name} is withdrawn.\n`);
      return EXIT.ok;
    });
  },
};

export const signIn: Command = {
  name: 'signin',
  arguments: '',
  summary: 'print a new one-time sign-in link for the browser',
  example: 'custody signin',
  options: CONNECTION_OPTIONS,
  async run(invocation) {
    const connection = await connect(invocation);
    try {
      if (connection.url === 'http://localhost')
        throw new CommandError('Custody is not running.', 'Start it with `custody start`; it prints a link.');
      const { path } = await connection.json<{ path: string }>('/custody/v1/signin-links', { method: 'POST' });
      const link = `${connection.url}${path}`;
      invocation.out.write(invocation.out.json ? `${JSON.stringify({ link })}\n` : `${link}\n`);
      return EXIT.ok;
    } finally {
      await connection.close();
    }
  },
};
