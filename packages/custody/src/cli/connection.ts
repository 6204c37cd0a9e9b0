/**
 * How commands reach Custody: a server named by --url, the server that runs on this data folder, or, where none runs,
 * the folder itself. All three answer the same API, so a command does not care which it is.
 */
import { readFile } from 'node:fs/promises';
import { CLI_TOKEN_FILE, SERVER_FILE } from '../data-folder.ts';
import { CommandError, EXIT, stringOf, UsageError, type Invocation, type Option } from './command.ts';

export const CONNECTION_OPTIONS: Readonly<Record<string, Option>> = {
  data: { type: 'string', value: 'FOLDER', help: 'data folder (default ./.custody, or $CUSTODY_DATA)' },
  url: { type: 'string', value: 'URL', help: 'a server elsewhere (or $CUSTODY_URL); needs a token' },
  token: { type: 'string', value: 'SECRET', help: 'API token (better in $CUSTODY_TOKEN)' },
};

export interface Connection {
  readonly url: string;
  /** The answer's body as JSON. Throws CommandError with the problem's title, detail and remedy. */
  json<T>(path: string, init?: RequestInit): Promise<T>;
  text(path: string): Promise<string>;
  /** The answer as it is, also if it is a refusal. */
  send(path: string, init: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** A request that sends JSON. */
export const posted = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const dataFolder = (invocation: Invocation): string =>
  stringOf(invocation, 'data') ?? process.env['CUSTODY_DATA'] ?? './.custody';

export async function connect(invocation: Invocation): Promise<Connection> {
  const url = stringOf(invocation, 'url') ?? process.env['CUSTODY_URL'];
  if (url !== undefined)
    return overHttp(url, stringOf(invocation, 'token') ?? process.env['CUSTODY_TOKEN'] ?? missingToken());
  const data = dataFolder(invocation);
  const running = await runningServer(data);
  if (running) return overHttp(running.url, running.token);
  return inProcess(data);
}

function missingToken(): never {
  throw new UsageError('--url needs a token: set $CUSTODY_TOKEN. `custody token create NAME` makes one.');
}

async function runningServer(data: string): Promise<{ url: string; token: string } | null> {
  try {
    const { url, pid } = JSON.parse(await readFile(`${data}/${SERVER_FILE}`, 'utf8')) as { url: string; pid: number };
    process.kill(pid, 0);
    await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) });
    return { url, token: (await readFile(`${data}/${CLI_TOKEN_FILE}`, 'utf8')).trim() };
  } catch {
    return null; // none, or one that died without tidying up
  }
}

function overHttp(base: string, token: string): Connection {
  const url = base.replace(/\/+$/, '');
  const send = async (path: string, init: RequestInit = {}) => {
    try {
      return await fetch(`${url}${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new CommandError(
        `Cannot reach Custody at ${url}: ${cause}.`,
        'Start it with `custody start`, or check --url.',
      );
    }
  };
  return connection(url, send, async () => {});
}

async function inProcess(data: string): Promise<Connection> {
  try {
    await readFile(`${data}/log/origin`);
  } catch {
    throw new CommandError(
      `There is no Custody data in ${data}.`,
      'Start it once with `custody start`, or name another folder with --data.',
    );
  }
  const { openCustody } = await import('../app.ts'); // only here: it is most of the program
  const custody = await openCustody({ data, host: '127.0.0.1', port: 0 });
  const url = 'http://localhost';
  const send = async (path: string, init: RequestInit = {}) =>
    custody.fetch(
      new Request(`${url}${path}`, {
        ...init,
        headers: { ...init.headers, host: 'localhost', authorization: `Bearer ${custody.cliKey}` },
      }),
    );
  return connection(url, send, () => custody.close());
}

function connection(url: string, send: Connection['send'], close: () => Promise<void>): Connection {
  const checked = async (path: string, init: RequestInit = {}) => {
    const response = await send(path, init);
    if (!response.ok) throw await refusal(response);
    return response;
  };
  return {
    url,
    json: async <T>(path: string, init?: RequestInit) => (await checked(path, init)).json() as Promise<T>,
    text: async (path) => (await checked(path)).text(),
    send,
    close,
  };
}

/** What a refused request means for the command. */
export async function refusal(response: Response): Promise<CommandError> {
  const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string; remedy?: string };
  const message = [problem.title ?? `The server answered ${response.status}`, problem.detail]
    .filter(Boolean)
    .join(': ');
  const exit = response.status === 404 || response.status === 422 ? EXIT.no : EXIT.environment;
  return new CommandError(`${message}.`, problem.remedy ?? '', exit);
}

/** Runs `use` with a connection and closes it, whatever happens. */
export async function connected<T>(invocation: Invocation, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connect(invocation);
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}
