/** Why a request has no answer, in the words of the server where it gave any. */
import type { Problem } from './answers.ts';

export class RequestError extends Error {
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  readonly title: string;
  readonly remedy: string;

  constructor(status: number, title: string, detail: string, remedy: string) {
    super(detail);
    this.name = 'RequestError';
    this.status = status;
    this.title = title;
    this.remedy = remedy;
  }
}

export const unreachable = (): RequestError =>
  new RequestError(
    0,
    'The server does not answer',
    'This page shows what it had before, if it had anything.',
    'See whether `custody start` still runs, then try again.',
  );

/** Reads an RFC 9457 problem document; whatever is not one becomes a plain sentence with its status. */
export async function errorOf(response: Response): Promise<RequestError> {
  const problem = await problemIn(response);
  return new RequestError(
    response.status,
    problem.title ?? `The server answered ${response.status}`,
    problem.detail ?? '',
    problem.remedy ?? (response.status >= 500 ? 'Try again in a moment. What the server logged says why.' : ''),
  );
}

async function problemIn(response: Response): Promise<Partial<Problem>> {
  if (!response.headers.get('content-type')?.includes('json')) return {};
  try {
    return (await response.json()) as Partial<Problem>;
  } catch {
    return {};
  }
}
