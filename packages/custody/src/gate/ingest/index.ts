/** Ingest gates as a library: `custody/gate`. */
export { AuditCheck, type AuditSummary } from './audit.ts';
export { Gate, type GateOptions, type GateSink, type InputFormat, type QuarantinedRow } from './gate.ts';
export { GateInputError, GateRulesError } from './gate-error.ts';
export { GateKeys, type SubjectKeys } from './gate-keys.ts';
export type { GateReport, Verdict } from './gate-report.ts';
export { gateStream, GateRefusedError, type GateStream } from './gate-stream.ts';
export { readRules } from './rules-file.ts';
export type { GateRules } from './rules.ts';
