// Sends OpenLineage events over 64 connections and prints how many were answered; run by ingest.js as a process of its own.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { randomUUID } from 'node:crypto';

const [url, key, file, total, connections] = process.argv.slice(2);
const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const target = new URL('/api/v1/lineage', url);
let next = 0;
let bytes = 0;
const refused = new Map();

// Every event gets a run of its own, or it would be the same event again and cost nothing.
const bodyOf = (n) => Buffer.from(lines[n % lines.length].replace(/"runId":"[^"]+"/, `"runId":"${randomUUID()}"`));

const post = (body) =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': body.length,
    };
    const outgoing = request(target, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const worker = async () => {
  while (next < Number(total)) {
    const body = bodyOf(next++);
    const status = await post(body);
    if (status === 201) bytes += body.length;
    else refused.set(status, (refused.get(status) ?? 0) + 1);
  }
};
const start = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, worker));
agent.destroy();
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, bytes, refused: [...refused] }));
