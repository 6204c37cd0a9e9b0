/** What a scan finds, and where. A finding never holds the value itself. */

/** Personal data and secrets are found by one engine; rules and reports treat them apart. */
export type Family = 'personal' | 'secret';

/** A stretch of one text, in UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Finding extends Span {
  /** Presidio's name where it has one (`docs/scan.md` has the table); for secrets `API_KEY`, `PASSWORD`, ... */
  readonly type: string;
  readonly family: Family;
  /** 0 to 1. From 0.5 on it is reported; below, only a context word or a column's class could lift it. */
  readonly confidence: number;
  /** The rule that found it, as it can be named in a configuration. */
  readonly rule: string;
}

/** What is reported unless somebody asks for less or more. */
export const REPORTED_FROM = 0.5;
