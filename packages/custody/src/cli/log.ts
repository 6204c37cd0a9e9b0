import { writeFile } from 'node:fs/promises';
import type { z } from '@hono/zod-openapi';
import type { Status } from '../api/contract.ts';
import type { TileName } from '../log/tile-path.ts';
import { CommandError, EXIT, stringOf, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS, dataFolder } from './connection.ts';

export const logCheck: Command = {
  name: 'log check',
  arguments: '',
  summary: 're-hash the whole log and compare it with its signed checkpoint',
  example: 'custody log check --data ./.custody',
  details: 'Reads only. It may run beside the server.',
  options: { data: CONNECTION_OPTIONS['data']! },
  async run(invocation) {
    // Only here: other commands need none of it, and it is half of their start.
    const { committedBy, toHex } = await import('@custody/verify');
    const { checkLog } = await import('../log/check.ts');
    const { realDisk } = await import('../log/disk.ts');
    const { out } = invocation;
    const folder = `${dataFolder(invocation)}/log`;
    if ((await realDisk.size(`${folder}/origin`)) === null) {
      throw new CommandError(`There is no log in ${folder}.`, 'Name the data folder with --data.');
    }
    const result = await checkLog(
      folder,
      (entry) => {
        const commitment = committedBy(Buffer.from(entry).toString());
        return commitment && { commitment: `sha256:${toHex(commitment)}` };
      },
      (done, of) => out.progress(`Checked ${done} of ${of} entries`),
    );
    out.progress('');
    const { origin, entries, signed, root, payloads, problems } = result;
    if (out.json) out.write(`${JSON.stringify({ whole: problems.length === 0, ...result })}\n`);
    else {
      out.write(`${problems.length === 0 ? 'WHOLE' : 'DAMAGED'}  ${origin}\n`);
      out.write(`  ${entries} entries re-hashed, ${signed ?? 0} of them under the signed checkpoint\n  root ${root}\n`);
      out.write(`  ${payloads.present} payloads open their commitments, ${payloads.erased} were erased\n`);
      for (const { what, file, offset } of problems)
        out.write(`  ! ${what}\n    ${file}${offset === null ? '' : `, offset ${offset}`}\n`);
      if (problems.length > 0) out.write('  Restore these files from a backup or a mirror of the log.\n');
    }
    return problems.length === 0 ? EXIT.ok : EXIT.no;
  },
};

export const logProve: Command = {
  name: 'log prove',
  arguments: 'ENTRY',
  summary: 'write the proof that an entry is in the signed log',
  example: 'custody log prove 42 > entry-42.tlog-proof',
  details: 'Check it anywhere, without the server: custody-verify entry-42.tlog-proof --key KEY',
  options: {
    payload: { type: 'boolean', help: 'put the payload and its salt in too, so that it can be checked as well' },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'write to this file instead of standard output' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals, values } = invocation;
    const [text, ...more] = positionals;
    if (text === undefined || more.length > 0 || !/^\d{1,15}$/.test(text))
      throw new UsageError('Name one entry by its number.');
    return connected(invocation, async (connection) => {
      const proof = await connection.text(
        `/custody/v1/entries/${text}/proof?payload=${values['payload'] ? 'true' : 'false'}`,
      );
      const { log } = await connection.json<z.infer<typeof Status>>('/custody/v1/status');
      const file = stringOf(invocation, 'out');
      if (out.json) out.write(`${JSON.stringify({ entry: Number(text), key: log.key, proof })}\n`);
      else if (file === undefined) out.write(proof);
      if (file !== undefined) await writeFile(file, proof);
      const name = file ?? `entry-${text}.tlog-proof`;
      out.note(`Check it with: custody-verify ${name} --key '${log.key}'`);
      return EXIT.ok;
    });
  },
};

export const logKey: Command = {
  name: 'log key',
  arguments: '',
  summary: "print the log's public key, which auditors check proofs with",
  example: 'custody log key > log.key',
  options: CONNECTION_OPTIONS,
  async run(invocation) {
    return connected(invocation, async (connection) => {
      const { log } = await connection.json<z.infer<typeof Status>>('/custody/v1/status');
      invocation.out.write(
        invocation.out.json ? `${JSON.stringify({ origin: log.origin, key: log.key })}\n` : `${log.key}\n`,
      );
      return EXIT.ok;
    });
  },
};

export const logMirror: Command = {
  name: 'log mirror',
  arguments: 'FOLDER',
  summary: 'copy the log into static files that any tlog client can read (C2SP tlog-tiles)',
  example: 'custody log mirror ./public-log',
  details: 'Run it again to bring the mirror up to date. Payloads are not part of it.',
  options: CONNECTION_OPTIONS,
  async run(invocation) {
    const { out, positionals } = invocation;
    const [folder, ...more] = positionals;
    if (folder === undefined || more.length > 0) throw new UsageError('Name one folder.');
    const { parseCheckpoint, parseNote } = await import('@custody/verify');
    const { mirror, mirroredSize } = await import('../log/mirror.ts');
    const { formatTilePath } = await import('../log/tile-path.ts');
    return connected(invocation, async (connection) => {
      const from = await mirroredSize(folder);
      const text = await connection.text('/log/checkpoint');
      const { size } = parseCheckpoint(parseNote(Buffer.from(text)).text);
      if (size < from) {
        throw new CommandError(
          `The mirror holds ${from} entries, the log only ${size}.`,
          'It is a mirror of another log, or the log was cut. Keep the mirror.',
          EXIT.no,
        );
      }
      let done = 0;
      const source = {
        async tile(name: TileName) {
          out.progress(`Copied ${done++} files`);
          const response = await connection.send(`/log/${formatTilePath(name)}`, {});
          return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
        },
      };
      const files = size === from ? 0 : await mirror(source, { size, text }, folder, from);
      out.progress('');
      if (out.json) out.write(`${JSON.stringify({ folder, from, size, files })}\n`);
      else
        out.write(
          files === 0
            ? `${folder} is up to date at ${size} entries.\n`
            : `${folder} holds ${size} entries now, ${size - from} of them new (${files} files).\n`,
        );
      return EXIT.ok;
    });
  },
};
