/** Why something of others could not be read, and what to do about it. */
export class SourceError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
