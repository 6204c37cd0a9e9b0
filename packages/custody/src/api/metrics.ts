/** Figures for Prometheus, in its text format 0.0.4. */
import type { Ledger } from '../ledger/ledger.ts';

export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #events = new Map<'taken' | 'duplicate' | 'refused', number>();
  #redacted = 0;

  request(method: string, route: string, status: number): void {
    const key = `method="${method}",route="${route}",status="${status}"`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
  }

  event(outcome: 'taken' | 'duplicate' | 'refused', redacted = 0): void {
    this.#events.set(outcome, (this.#events.get(outcome) ?? 0) + 1);
    this.#redacted += redacted;
  }

  text({ log, state }: Ledger): string {
    const checkpoint = log.checkpoint();
    const lines = [
      gauge('custody_log_entries', 'Durable entries in the log', log.size()),
      gauge('custody_log_checkpoint_entries', 'Entries under the newest signed checkpoint', checkpoint?.size ?? 0),
      gauge('custody_assets', 'Datasets and jobs known', state.assets.count),
      gauge('custody_runs', 'Runs known', state.runs.count),
      gauge('custody_lineage_edges', 'Edges of the lineage graph', state.edges.count),
      gauge('process_resident_memory_bytes', 'Resident memory', process.memoryUsage.rss()),
      gauge('process_uptime_seconds', 'Time since start', Math.round(process.uptime())),
      counter('custody_redacted_total', 'Literals and secrets taken out of events', [['', this.#redacted]]),
      counter(
        'custody_openlineage_events_total',
        'OpenLineage events by outcome',
        [...this.#events].map(([outcome, n]) => [`outcome="${outcome}"`, n]),
      ),
      counter('custody_http_requests_total', 'Requests answered', [...this.#requests]),
    ];
    return `${lines.join('\n')}\n`;
  }
}

const gauge = (name: string, help: string, value: number): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}`;

const counter = (name: string, help: string, samples: readonly (readonly [labels: string, value: number])[]): string =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} counter`,
    ...samples.map(([labels, value]) => `${name}${labels && `{${labels}}`} ${value}`),
  ].join('\n');
