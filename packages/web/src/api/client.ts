/** Requests to the API. Same origin, with the session's cookie; no secret is kept here. */
import { errorOf, RequestError, unreachable } from './request-error.ts';
import { session } from './session.ts';

const RETRIES = 5;

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
  if (response.ok) {
    session.isIn();
    return response;
  }
  const error = await errorOf(response);
  if (error.status === 401 && init.method === undefined) session.isOut();
  throw error;
}

export async function getJson<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  const response = await request(path, signal ? { signal } : {});
  return (await response.json()) as Answer;
}

export async function getBytes(path: string): Promise<Uint8Array> {
  const response = await request(path);
  return new Uint8Array(await response.arrayBuffer());
}

/** Changes something, or asks with more than fits an address. */
export async function postJson<Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  const response = await request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-custody-csrf': '1' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
  return (await response.json()) as Answer;
}

/** Changes something, and is answered with a file. */
export async function postForFile(path: string, body: unknown): Promise<Blob> {
  const response = await request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-custody-csrf': '1' },
    body: JSON.stringify(body),
  });
  return response.blob();
}

/** A proof exists a fraction of a second after its entry; until then the server says when to come back. */
export async function getProof(index: number): Promise<Uint8Array> {
  const path = `/custody/v1/entries/${index}/proof`;
  for (let tries = 1; ; tries++) {
    try {
      return await getBytes(path);
    } catch (error) {
      if (!(error instanceof RequestError) || error.status !== 503 || tries === RETRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 400 * tries));
    }
  }
}

/** Signs in with the code of a link or with an API token. */
export async function signIn(with_: { readonly code: string } | { readonly token: string }): Promise<void> {
  await request('/custody/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-custody-csrf': '1' },
    body: JSON.stringify(with_),
  });
}

export async function signOut(): Promise<void> {
  await request('/custody/v1/session', { method: 'DELETE', headers: { 'x-custody-csrf': '1' } });
  session.isOut();
}
