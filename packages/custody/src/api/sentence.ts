/** An entry in one line, for people: what happened, to what, and which assets it names. */
import type { AssetName, EvidenceEvent } from '../event/event.ts';
import type { GateIngest } from '../event/gate-event.ts';
import type { PolicyPublished } from '../event/policy-event.ts';
import { kindOfPredicate } from '../attest/predicate.ts';
import { assetId } from '../event/asset-id.ts';

export function sentenceOf(event: EvidenceEvent): string {
  switch (event.kind) {
    case 'openlineage.run': {
      const { job, state, inputs, outputs } = event;
      const flow = [count(inputs.length, 'in'), count(outputs.length, 'out')].filter(Boolean).join(', ');
      return `${job.name} ${STATE_WORD[state]}${flow ? `: ${flow}` : ''}`;
    }
    case 'openlineage.job':
      return `${event.job.name} described`;
    case 'openlineage.dataset':
      return `${event.dataset.name} described`;
    case 'dataset.schema': {
      const columns = `${event.fields.length} ${event.fields.length === 1 ? 'column' : 'columns'}`;
      return `schema of ${columns} first seen${event.of > 1 ? `, part ${event.part + 1} of ${event.of}` : ''}`;
    }
    case 'lineage.columns': {
      const columns = `${event.fields.length} ${event.fields.length === 1 ? 'column' : 'columns'}`;
      return `lineage of ${columns} first seen${event.of > 1 ? `, part ${event.part + 1} of ${event.of}` : ''}`;
    }
    case 'token.created':
      return `token ${event.token} made for ${event.role}`;
    case 'token.revoked':
      return `token ${event.token} withdrawn`;
    case 'log.recovered':
      return `log recovered: ${event.cutBytes} torn bytes set aside`;
    case 'policy.published':
      return policySentence(event);
    case 'gate.decision':
      return `${OUTCOME_WORD[event.outcome]} ${event.path}${event.policy === null ? '' : ` by ${event.policy} version ${event.version}`}`;
    case 'attestation.recorded':
      return `${kindOfPredicate(event.predicateType) ?? 'statement'} signed by ${event.signers[0]?.identity ?? event.signers[0]?.keyId.slice(0, 23) ?? 'nobody'}${event.asset === undefined ? '' : ` about ${event.asset.name}`}`;
    case 'check.finished': {
      const refusing = Object.values(event.refusing).reduce((sum, n) => sum + n, 0);
      return `${event.repository} ${event.branch} ${event.verdict === 'passed' ? 'passed its check' : `was refused by its check: ${refusing} findings`}`;
    }
    case 'dataset.version':
      return `${event.dataset.name} version ${event.version} committed: ${event.message}`;
    case 'dataset.alias':
      return `${event.alias} of ${event.dataset.name} is version ${event.version} ${event.restored ? 'again, its bytes put back' : 'now'}: ${event.reason}`;
    case 'rules.published':
      return event.withdrawn
        ? `rules ${event.rules} withdrawn`
        : `rules ${event.rules} version ${event.version} in force: ${event.message}`;
    case 'gate.ingest':
      return ingestSentence(event);
    case 'quarantine.released':
      return `${event.rows} rows released from quarantine, ${event.as === 'raw' ? 'as they were' : 'masked'}: ${event.reason}`;
    case 'quarantine.destroyed':
      return `a batch in quarantine destroyed: ${event.reason}`;
    case 'label.suggested':
      return `label ${event.label} suggested for ${event.dataset.name}.${event.column}`;
    case 'label.decided':
      return `label ${event.label} of ${event.dataset.name}.${event.column} ${event.decision}`;
    default:
      return (event satisfies never as EvidenceEvent).kind;
  }
}

function ingestSentence({ verdict, dataset, rows, whole }: GateIngest): string {
  if (verdict === 'rejected') return `${dataset.name} refused at the gate: ${rows.read} rows read, none written`;
  if (whole) return `${dataset.name} set aside as a whole: ${rows.read} rows`;
  const aside = rows.quarantined === 0 ? '' : `, ${rows.quarantined} set aside`;
  return `${dataset.name} let in: ${rows.written} rows${aside}`;
}

function policySentence({ policy, version, withdrawn, rollbackOf, message }: PolicyPublished): string {
  if (withdrawn) return `policy ${policy} withdrawn`;
  const back = rollbackOf === undefined ? '' : `, which is version ${rollbackOf} again`;
  return `policy ${policy} version ${version} in force${back}: ${message}`;
}

const OUTCOME_WORD = {
  allow: 'allowed',
  deny: 'refused',
  value: 'answered',
  undefined: 'had no answer for',
  error: 'failed on',
} as const;

const STATE_WORD = {
  START: 'started',
  RUNNING: 'runs',
  COMPLETE: 'finished',
  ABORT: 'was stopped',
  FAIL: 'failed',
  OTHER: 'reported',
} as const;

const count = (n: number, word: string): string => (n === 0 ? '' : `${n} ${word}`);

/** Ids of the assets an event names, jobs first. */
export function assetsOf(
  event: EvidenceEvent,
): readonly { readonly kind: 'dataset' | 'job'; readonly asset: AssetName & { type?: string } }[] {
  switch (event.kind) {
    case 'openlineage.run':
    case 'openlineage.job':
      return [
        { kind: 'job', asset: event.job },
        ...[...event.inputs, ...event.outputs].map((asset) => ({ kind: 'dataset' as const, asset })),
      ];
    case 'openlineage.dataset':
    case 'dataset.version':
    case 'dataset.alias':
      return [{ kind: 'dataset', asset: event.dataset }];
    case 'attestation.recorded':
      return event.asset === undefined ? [] : [{ kind: event.asset.kind, asset: event.asset }];
    case 'gate.ingest':
      return [event.source, event.dataset].map((asset) => ({ kind: 'dataset', asset }));
    case 'label.suggested':
    case 'label.decided':
      return [{ kind: 'dataset', asset: event.dataset }];
    case 'check.finished':
    case 'dataset.schema':
    case 'lineage.columns':
    case 'token.created':
    case 'token.revoked':
    case 'log.recovered':
    case 'policy.published':
    case 'gate.decision':
    case 'rules.published':
    case 'quarantine.released':
    case 'quarantine.destroyed':
      return [];
    default:
      return event satisfies never;
  }
}

export const happenedAt = (event: EvidenceEvent): string | null =>
  'eventTime' in event
    ? event.eventTime
    : event.kind === 'gate.decision' || event.kind === 'gate.ingest'
      ? event.decided
      : null;

export const namesAsset = (event: EvidenceEvent, id: string): boolean =>
  assetsOf(event).some(({ kind, asset }) => assetId(kind, asset) === id);
