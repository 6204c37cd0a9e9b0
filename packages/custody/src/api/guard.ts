/**
 * Who may come in: who a request is from, and whether a browser was tricked into sending it.
 *
 * Three things keep other sites out: the Host must be one we answer for (DNS rebinding), the session cookie is
 * SameSite=Strict, and whatever changes something needs a header that no form can send (CSRF).
 */
import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Identity, Keyring } from '../access/keyring.ts';
import { may, rolesWith, type Right } from '../access/role.ts';
import { Problem } from './problem.ts';

export const SESSION_COOKIE = 'custody_session';
const CSRF_HEADER = 'x-custody-csrf';

export interface Vars {
  identity: Identity;
}

export type Env = { Variables: Vars };

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Headers that every answer carries. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  headers.set('content-security-policy', CONTENT_SECURITY_POLICY);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-resource-policy', 'same-origin');
};

/** Refuses hosts we do not answer for. `allowed` null means any, for servers behind a name of their own. */
export const knownHost =
  (allowed: readonly string[] | null): MiddlewareHandler =>
  async (c, next) => {
    const host = (c.req.header('host') ?? '').replace(/:\d+$/, '').toLowerCase();
    if (allowed && !allowed.includes(host)) {
      throw new Problem({
        status: 421,
        code: 'unknown-host',
        title: `This server does not answer for ${host.slice(0, 100) || 'a request without a host'}`,
        remedy: 'Use the address that `custody start` printed, or start it with --allow-host NAME.',
      });
    }
    await next();
  };

/** Lets in whoever holds a token or a session with the right asked for. */
export const requires =
  (keyring: Keyring, right: Right): MiddlewareHandler<Env> =>
  async (c, next) => {
    c.set(
      'identity',
      identify(keyring, right, c.req.method, (name) => c.req.header(name), getCookie(c, SESSION_COOKIE)),
    );
    await next();
  };

function identify(
  keyring: Keyring,
  right: Right,
  method: string,
  header: (name: string) => string | undefined,
  cookie: string | undefined,
): Identity {
  const secret = tokenIn(header('authorization'));
  const identity = secret !== null ? keyring.identifyToken(secret) : cookie ? keyring.identifySession(cookie) : null;
  if (!identity) {
    throw new Problem({
      status: 401,
      code: 'not-signed-in',
      title: secret !== null ? 'This token is not valid' : 'You are not signed in',
      remedy:
        'Use the sign-in link that `custody start` printed (`custody signin` prints a new one), or send `Authorization: Bearer TOKEN`.',
    });
  }
  if (identity.via === 'session' && method !== 'GET' && method !== 'HEAD') refuseForgery(header);
  if (!may(identity.role, right)) {
    throw new Problem({
      status: 403,
      code: 'role',
      title: `Your role, ${identity.role}, may not do this`,
      remedy: `It takes one of: ${rolesWith(right).join(', ')}.`,
    });
  }
  return identity;
}

/** `Bearer SECRET`, or Basic with the secret as the password, which stock HTTP clients can send from a URL. */
function tokenIn(authorization: string | undefined): string | null {
  const [scheme, value] = authorization?.trim().split(/\s+/, 2) ?? [];
  if (!scheme || !value) return authorization === undefined ? null : '';
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return '';
  const pair = Buffer.from(value, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

/** Throws unless the request is our own page's. */
export function refuseForgery(header: (name: string) => string | undefined): void {
  const site = header('sec-fetch-site');
  const origin = header('origin');
  const sameOrigin = origin === undefined || originHost(origin) === header('host');
  if (
    header(CSRF_HEADER) === undefined ||
    !sameOrigin ||
    (site !== undefined && site !== 'same-origin' && site !== 'none')
  ) {
    throw new Problem({
      status: 403,
      code: 'cross-site',
      title: 'This request does not come from a page of Custody',
      remedy: `Scripts use a token instead of the session cookie; pages send the header ${CSRF_HEADER}.`,
    });
  }
}

function originHost(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
