/** What can be wrong with an event that somebody sends. The message never quotes the event: it may hold secrets. */
export type OpenLineageErrorCode =
  | 'not-utf8'
  | 'not-json'
  | 'too-deep'
  | 'missing-field'
  | 'wrong-type'
  | 'wrong-format'
  | 'wrong-value'
  | 'ambiguous-event'
  | 'too-long'
  | 'too-large';

export class OpenLineageError extends Error {
  override readonly name = 'OpenLineageError';
  readonly code: OpenLineageErrorCode;
  /** RFC 6901 pointer to the field that is wrong; '' is the whole event. */
  readonly pointer: string;
  /** What the sender can do. */
  readonly remedy: string;

  constructor(code: OpenLineageErrorCode, pointer: string, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.pointer = pointer;
    this.remedy = remedy;
  }
}

/** RFC 6901 section 3: `~` and `/` inside a reference token are escaped. Long tokens are cut: a pointer is for people. */
export const pointerTo = (parent: string, token: string | number): string =>
  `${parent}/${String(token).slice(0, 200).replaceAll('~', '~0').replaceAll('/', '~1')}`;
