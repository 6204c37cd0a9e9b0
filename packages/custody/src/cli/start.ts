import { resolve } from 'node:path';
import type { App } from '../app.ts';
import { EXIT, numberOf, stringOf, UsageError, type Command } from './command.ts';
import { CONNECTION_OPTIONS, dataFolder } from './connection.ts';
import { runExample } from './example.ts';

export const start: Command = {
  name: 'start',
  arguments: '',
  summary: 'start the server',
  example: 'custody start --port 4680 --no-example',
  details: 'An empty data folder is filled with the credit scoring example. Stop with Ctrl-C; the data stays.',
  options: {
    host: { type: 'string', value: 'HOST', help: 'address to listen on (default 127.0.0.1)' },
    port: { type: 'string', value: 'N', help: 'port (default 4680; 0 picks a free one)' },
    'no-example': { type: 'boolean', help: 'leave an empty store empty' },
    origin: {
      type: 'string',
      value: 'NAME',
      help: 'name of a new log, as it stands in its checkpoints (default custody.local/log)',
    },
    'allow-host': { type: 'string', value: 'NAMES', help: 'further host names to answer for, with commas; * for any' },
    'public-log': {
      type: 'boolean',
      help: 'let anyone who can connect read checkpoint, tiles and metrics (always so on loopback)',
    },
    'max-body': { type: 'string', value: 'MB', help: 'largest request body (default 32)' },
    data: CONNECTION_OPTIONS['data']!,
  },
  async run(invocation) {
    const { out, values } = invocation;
    const data = dataFolder(invocation);
    const maxBody = numberOf(invocation, 'max-body', 1, 1_000) ?? 32;
    const origin = stringOf(invocation, 'origin');
    if (origin !== undefined && !/^[^\s+]+$/.test(origin))
      throw new UsageError('--origin has no spaces and no plus sign.');
    out.note(`Opening ${resolve(data)}`);
    const { startApp } = await import('../app.ts'); // only here: it is most of the program
    const app = await startApp({
      data,
      host: stringOf(invocation, 'host') ?? '127.0.0.1',
      port: numberOf(invocation, 'port', 0, 65_535) ?? 4680,
      maxBodyBytes: maxBody * 1_000_000,
      allowHosts:
        stringOf(invocation, 'allow-host')
          ?.split(',')
          .map((host) => host.trim().toLowerCase()) ?? [],
      ...(origin !== undefined && { origin }),
      ...(values['public-log'] === true && { publicLog: true }),
      onProgress: (done, of) => out.progress(`Replaying the log: ${done} of ${of} entries`),
    });
    out.progress('');
    let stopping: Promise<void> | null = null;
    const stopped = new Promise<void>((resolveStopped) => {
      const stop = (signal: NodeJS.Signals) => {
        if (stopping) return;
        out.note(signal === 'SIGINT' ? '\nStopping' : 'Stopping');
        stopping = app.stop().finally(resolveStopped);
      };
      process.on('SIGINT', stop);
      process.on('SIGTERM', stop);
    });
    for (const { cutBytes, file, offset, why, keptIn } of app.ledger.log.recovered) {
      out.note(
        `Recovered: cut ${cutBytes} torn bytes from ${file} at offset ${offset} (${why}). They are kept in ${keptIn}.`,
      );
    }

    if (values['no-example'] !== true) {
      const days = await runExample(app, data, new Date(), (done, of) =>
        out.progress(`Running the example: day ${done} of ${of}`),
      ).catch(async (error: unknown) => {
        if (stopping) return 0;
        await app.stop();
        throw error;
      });
      out.progress('');
      if (days > 0 && !stopping) out.note(`Ran the credit scoring example: ${days} nights, with simulated dates.`);
    }
    if (!stopping) announce(invocation.out.json, out.write, app);
    await stopped;
    await stopping;
    out.note('Stopped. The data stays; start again to go on.');
    return EXIT.ok;
  },
};

function announce(json: boolean, write: (text: string) => void, app: App): void {
  const link = app.signInLink();
  if (json) {
    write(
      `${JSON.stringify({ url: app.url, signIn: link, openLineageUrl: app.url, openLineageApiKey: app.pipelineKey })}\n`,
    );
    return;
  }
  write(`
Custody is running at ${app.url}

  Sign in (works once, for 15 minutes)
    ${link}

  Point a pipeline here
    export OPENLINEAGE_URL=${app.url}
    export OPENLINEAGE_API_KEY=${app.pipelineKey}

  ${app.ledger.log.size()} entries in the log ${app.ledger.log.origin}. Stop with Ctrl-C.
`);
}
