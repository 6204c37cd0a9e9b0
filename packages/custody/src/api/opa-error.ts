/** How OPA's REST API says no (https://www.openpolicyagent.org/docs/rest-api#errors). */
import { PolicyStoreError } from '../ledger/policy-store.ts';
import { RegoError } from '../gate/rego/index.ts';

export class OpaError extends Error {
  readonly status: 400 | 404 | 409 | 500 | 501 | 503;
  readonly body: Record<string, unknown>;

  constructor(status: OpaError['status'], code: string, message: string, errors?: readonly RegoError[]) {
    super(message);
    this.status = status;
    this.body = { code, message, ...(errors !== undefined && { errors: errors.map(errorView) }) };
  }
}

const errorView = ({ code, message, place }: RegoError) => ({
  code,
  message,
  ...(place !== null && { location: { file: place.file, row: place.line, col: place.column } }),
});

export const invalid = (message: string): OpaError => new OpaError(400, 'invalid_parameter', message);

export const noSuch = (what: string): OpaError =>
  new OpaError(404, 'resource_not_found', `storage_not_found_error: ${what}`);

/** An error of an evaluation, which OPA calls its own. */
export const evaluationError = (error: RegoError): OpaError =>
  new OpaError(500, 'internal_error', 'error(s) occurred while evaluating query', [error]);

/** Any error of this API; null for those that are not its own. */
export function opaErrorOf(error: unknown): OpaError | null {
  if (error instanceof OpaError) return error;
  if (error instanceof RegoError)
    return new OpaError(400, 'invalid_parameter', 'error(s) occurred while compiling module(s)', [error]);
  if (error instanceof PolicyStoreError)
    return error.code === 'changed-meanwhile'
      ? new OpaError(409, 'resource_conflict', error.message)
      : noSuch(error.message);
  return null;
}
