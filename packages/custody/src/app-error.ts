/** Why the server could not start. */
export class AppError extends Error {
  readonly code: 'app.not-loopback' | 'app.port';
  readonly remedy: string;

  constructor(code: AppError['code'], message: string, remedy: string) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.remedy = remedy;
  }
}
