/** RFC 9457 problem documents: how the API says no. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { LogError, type LogErrorCode } from '../log/log-error.ts';
import { OpenLineageError } from '../producers/openlineage/index.ts';

export interface ProblemDetails {
  readonly status: ContentfulStatusCode;
  /** Stable name, last part of the problem's type. */
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  /** JSON pointer to the field that is wrong. */
  readonly pointer?: string;
  readonly remedy?: string;
  readonly retryAfterSeconds?: number;
}

export class Problem extends Error {
  readonly details: ProblemDetails;

  constructor(details: ProblemDetails) {
    super(details.title);
    this.name = 'Problem';
    this.details = details;
  }
}

const LOG_STATUS: Partial<Record<LogErrorCode, ContentfulStatusCode>> = {
  'log.disk-full': 507,
  'log.no-such-entry': 404,
  'log.no-such-size': 404,
  'log.entry-too-large': 413,
};

/** Any error as a problem. What is not expected tells nothing of its inside. */
export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof Problem) return error.details;
  if (error instanceof OpenLineageError) {
    const { code, message, pointer, remedy } = error;
    return { status: 422, code, title: 'The event is not valid OpenLineage', detail: message, pointer, remedy };
  }
  if (error instanceof LogError) {
    const status = LOG_STATUS[error.code] ?? 503;
    const title = status === 404 ? 'Not in the log' : 'The log cannot take this';
    return { status, code: error.code, title, detail: error.message, remedy: error.remedy };
  }
  return {
    status: 500,
    code: 'internal',
    title: 'Custody failed to answer',
    remedy: "Look into the server's output; it has the cause. Nothing acknowledged is lost.",
  };
}

export function sendProblem(c: Context, error: unknown): Response {
  const { status, code, retryAfterSeconds, ...rest } = problemOf(error);
  const body = JSON.stringify({ type: `https://custody.dev/problems/${code}`, status, ...rest });
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds);
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  return c.body(body, status, headers);
}

export const notFound = (what: string, remedy = 'Check the name. `custody assets` lists what there is.'): Problem =>
  new Problem({
    status: 404,
    code: 'not-found',
    title: `${what} is not known`,
    remedy,
  });

export const badRequest = (title: string, detail: string, pointer?: string): Problem =>
  new Problem({ status: 400, code: 'bad-request', title, detail, ...(pointer !== undefined && { pointer }) });
