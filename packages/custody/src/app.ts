/** The one place that wires I/O: data folder, log, ledger, keys, HTTP server. */
import { randomBytes } from 'node:crypto';
import { createServer as createHttpServer, type Server } from 'node:http';
import { chmod, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { Keyring } from './access/keyring.ts';
import { AppError } from './app-error.ts';
import { createServer } from './api/server.ts';
import { CLI_TOKEN_FILE, PIPELINE_TOKEN_FILE, SERVER_FILE, VERSION } from './data-folder.ts';
import { Pages } from './api/pages.ts';
import type { AssetName, Role } from './event/event.ts';
import { attestationFacts } from './ledger/attestation-facts.ts';
import { AttestationStore } from './ledger/attestation-store.ts';
import { DatasetStore } from './ledger/dataset-store.ts';
import { Decider } from './ledger/decider.ts';
import { DecisionLog } from './ledger/decision-log.ts';
import { GateDoor } from './ledger/gate-door.ts';
import { GateStore } from './ledger/gate-store.ts';
import { Intake } from './ledger/intake.ts';
import { idOfEntry, Ledger } from './ledger/ledger.ts';
import { QuarantineStore } from './ledger/quarantine-store.ts';
import { PolicyStore } from './ledger/policy-store.ts';
import { realDisk, replaceFile } from './log/disk.ts';
import { openFileLog } from './log/file-log.ts';
import { readTrustFolder } from './source/trust-folder.ts';
import { writeError } from './log/log-error.ts';
import { readGateKeys } from './source/gate-key-file.ts';

export interface AppOptions {
  /** Data folder; created with mode 0700. */
  readonly data: string;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Name of a new log. */
  readonly origin?: string;
  /** Further host names to answer for; `*` for any. */
  readonly allowHosts?: readonly string[];
  /** Lets anyone who can connect read the log's checkpoint, tiles and metrics. Always so on loopback. */
  readonly publicLog?: boolean;
  readonly maxBodyBytes?: number;
  readonly checkpointMs?: number;
  readonly now?: () => Date;
  readonly onError?: (error: unknown) => void;
  readonly onProgress?: (done: number, of: number) => void;
}

/** An opened data folder, answering requests in process. */
export interface Custody {
  readonly ledger: Ledger;
  readonly intake: Intake;
  readonly keyring: Keyring;
  /** Secret of the token that pipelines on this machine use. */
  readonly pipelineKey: string;
  /** Secret of the token that the command line on this machine uses. */
  readonly cliKey: string;
  /** The API, without a socket. */
  fetch(request: Request, env?: unknown): Response | Promise<Response>;
  /** Signs a last checkpoint and closes the files. */
  close(): Promise<void>;
}

export interface App extends Custody {
  /** http://HOST:PORT */
  readonly url: string;
  /** A one-time sign-in link for an administrator. */
  signInLink(): string;
  /** Answers what is under way, then closes. */
  stop(): Promise<void>;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]', '::1'];

/** Opens the data folder. Throws LogError. */
export async function openCustody(options: AppOptions): Promise<Custody> {
  const { data, host, now = () => new Date(), onError = console.error } = options;
  try {
    await realDisk.makeFolder(data);
    await chmod(data, 0o700);
  } catch (error) {
    throw writeError(error, `creating ${data}`);
  }
  const isLoopback = LOOPBACK.includes(host);
  const log = await openFileLog({
    folder: `${data}/log`,
    idOf: idOfEntry,
    now,
    ...(options.origin !== undefined && { origin: options.origin }),
    ...(options.checkpointMs !== undefined && { checkpointMs: options.checkpointMs }),
  });
  try {
    const ledger = await Ledger.open(log, { now, ...(options.onProgress && { onProgress: options.onProgress }) });
    const keyring = await Keyring.open(`${data}/keyring.json`, now);
    const cliKey = await localToken(keyring, ledger, data, CLI_TOKEN_FILE, 'local-cli', 'admin', now);
    const pipelineKey = await localToken(
      keyring,
      ledger,
      data,
      PIPELINE_TOKEN_FILE,
      'local-pipelines',
      'engineer',
      now,
    );
    const idKey = await secretFile(`${data}/intake.key`);
    const intake = new Intake(ledger, idKey);
    const policies = await PolicyStore.open(ledger, [attestationFacts(ledger)]);
    const decisions = new DecisionLog(ledger, idKey, now);
    const gates = new GateStore(
      ledger,
      intake,
      new QuarantineStore(data),
      await readGateKeys(`${data}/gate.key`, true),
      now,
    );
    await gates.sweep();
    for (const name of await realDisk.list(`${data}/staging`)) await realDisk.remove(`${data}/staging/${name}`);
    const door = new GateDoor({
      store: gates,
      data,
      detector: `custody/${VERSION}`,
      now,
      labelsOf: (dataset) => {
        const labels = new Map<string, string[]>();
        for (const { column, label, state } of ledger.state.labels.of(dataset))
          if (state === 'accepted') labels.set(column, [...(labels.get(column) ?? []), label]);
        return labels;
      },
      rowsOf: (dataset) =>
        [...ledger.state.ingests.newest()]
          .filter((row) => row.verdict !== 'rejected' && isSame(row.dataset, dataset))
          .map(({ rows }) => rows.read),
    });
    const server = createServer({
      gates,
      door,
      ledger,
      intake,
      keyring,
      policies,
      attestations: new AttestationStore(ledger, await readTrustFolder(`${data}/trust`), now),
      datasets: new DatasetStore(ledger),
      decisions,
      decider: new Decider(policies, decisions, now),
      pages: new Pages(fileURLToPath(new URL('../../web/dist', import.meta.url))),
      version: VERSION,
      hosts: hostsFor(isLoopback, host, options.allowHosts ?? []),
      publicLog: options.publicLog ?? isLoopback,
      maxBodyBytes: options.maxBodyBytes ?? 32_000_000,
      now,
      onError,
    });
    const fetch = (request: Request, env?: unknown) => server.fetch(request, env as never);
    return {
      ledger,
      intake,
      keyring,
      pipelineKey,
      cliKey,
      fetch,
      close: () => decisions.drain().then(() => ledger.close()),
    };
  } catch (error) {
    await log.close();
    throw error;
  }
}

/** Opens the data folder and serves it over HTTP. Throws LogError, AppError. */
export async function startApp(options: AppOptions): Promise<App> {
  const { data, host, port } = options;
  const custody = await openCustody(options);
  try {
    refuseOpenDoor(LOOPBACK.includes(host), host, custody.keyring);
    const http = createHttpServer(getRequestListener(custody.fetch));
    // A stream through a gate takes long; headers do not.
    http.requestTimeout = 3_600_000;
    http.headersTimeout = 20_000;
    const url = await listen(http, host, port);
    await writeFile(`${data}/${SERVER_FILE}`, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 });
    return {
      ...custody,
      url,
      signInLink: () => `${url}/signin#code=${custody.keyring.createLink('local-admin', 'admin')}`,
      async stop() {
        await realDisk.remove(`${data}/${SERVER_FILE}`);
        const closed = new Promise((resolve) => http.close(resolve));
        http.closeIdleConnections();
        // Streams of news never end by themselves; everything else gets a moment to finish.
        const patience = setTimeout(() => http.closeAllConnections(), 1_000);
        await closed;
        clearTimeout(patience);
        await custody.close();
      },
    };
  } catch (error) {
    await custody.close();
    throw error;
  }
}

/** Another address than loopback means other people: then there must be a token that somebody made on purpose. */
function refuseOpenDoor(isLoopback: boolean, host: string, keyring: Keyring): void {
  if (isLoopback || keyring.tokens.some(({ name }) => !name.startsWith('local-'))) return;
  throw new AppError(
    'app.not-loopback',
    `Refusing to listen on ${host}: no API token has been made yet.`,
    'Start on 127.0.0.1 first and run `custody token create NAME --role admin`, then listen elsewhere.',
  );
}

function hostsFor(isLoopback: boolean, host: string, more: readonly string[]): readonly string[] | null {
  if (more.includes('*')) return null;
  if (isLoopback) return [...LOOPBACK, ...more];
  // Listening on all addresses: what they are called is not known here, so it must be said.
  const any = host === '0.0.0.0' || host === '::';
  return any ? [...LOOPBACK, ...more] : [host.toLowerCase(), ...LOOPBACK, ...more];
}

/** The token of this machine's own tools: its secret lies in a 0600 file, so that only this user can use it. */
async function localToken(
  keyring: Keyring,
  ledger: Ledger,
  data: string,
  file: string,
  name: string,
  role: Role,
  now: () => Date,
): Promise<string> {
  const path = `${data}/${file}`;
  if ((await realDisk.size(path)) !== null) {
    const secret = (await realDisk.readFile(path)).toString().trim();
    if (keyring.identifyToken(secret)?.name === name) return secret;
  }
  if (keyring.hasToken(name)) await keyring.revokeToken(name);
  const secret = await keyring.createToken(name, role);
  await replaceFile(realDisk, path, Buffer.from(`${secret}\n`));
  await ledger.record({
    kind: 'token.created',
    id: `token:${name}:created:${now().toISOString()}`,
    by: 'custody',
    token: name,
    role,
  });
  return secret;
}

const isSame = (a: AssetName, b: AssetName): boolean => a.namespace === b.namespace && a.name === b.name;

async function secretFile(path: string): Promise<Buffer> {
  if ((await realDisk.size(path)) === null) await replaceFile(realDisk, path, randomBytes(32));
  return realDisk.readFile(path);
}

function listen(http: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError(
              'app.port',
              `Port ${port} on ${host} is in use.`,
              'Stop what uses it, or choose another with --port.',
            )
          : new AppError(
              'app.port',
              `Cannot listen on ${host}:${port}: ${error.message}.`,
              'Choose another with --host and --port.',
            ),
      );
    });
    http.listen(port, host, () => {
      const address = http.address();
      const actual = typeof address === 'object' && address ? address.port : port;
      resolve(`http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${actual}`);
    });
  });
}
