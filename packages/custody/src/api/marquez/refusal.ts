/** How Marquez says no: `{code, message}`, the code being the HTTP status. Its clients read nothing else. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { problemOf } from '../problem.ts';

export class Refusal extends Error {
  readonly code: ContentfulStatusCode;

  constructor(code: ContentfulStatusCode, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** Answers with any error in Marquez's form. `onError` is told of those that nobody expects. */
export function sendRefusal(c: Context, error: unknown, onError: (error: unknown) => void): Response {
  if (error instanceof Refusal) return c.json({ code: error.code, message: error.message }, error.code);
  const { status, title, detail, remedy } = problemOf(error);
  if (status === 500) onError(error);
  if (status === 401) c.header('www-authenticate', 'Bearer');
  const message = [title, detail, remedy].filter(Boolean).join('. ').replaceAll('..', '.');
  return c.json({ code: status, message }, status);
}

/** The words Marquez uses. */
export const unknown = (what: string, name: string): Refusal =>
  new Refusal(404, `${what} '${name.slice(0, 300)}' not found.`);
