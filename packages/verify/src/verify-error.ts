/** Why a check failed. A caller switches on `code`; a person reads the message, then the remedy. */
export class VerifyError extends Error {
  readonly code: VerifyErrorCode;
  readonly remedy: string;

  constructor(code: VerifyErrorCode, message: string, remedy: string) {
    super(message);
    this.name = 'VerifyError';
    this.code = code;
    this.remedy = remedy;
  }
}

export type VerifyErrorCode =
  | 'key.malformed'
  | 'key.missing'
  | 'key.other'
  | 'note.malformed'
  | 'note.unsigned'
  | 'note.signature'
  | 'checkpoint.malformed'
  | 'checkpoint.origin'
  | 'proof.malformed'
  | 'proof.entry-missing'
  | 'proof.inclusion'
  | 'proof.consistency'
  | 'payload.commitment';
