/**
 * API tokens and sessions. They are not in the log, because they must be forgettable; the log records that a token was
 * made or withdrawn. Secrets are kept only as SHA-256 digests: they are 256 random bits, so a slow hash adds nothing.
 */
import { hash, randomBytes } from 'node:crypto';
import type { Role } from '../event/event.ts';
import { realDisk, replaceFile } from '../log/disk.ts';

export interface Identity {
  readonly name: string;
  readonly role: Role;
  readonly via: 'session' | 'token';
}

export interface StoredToken {
  readonly name: string;
  readonly role: Role;
  readonly digest: string;
  readonly created: string;
  lastUsed: string | null;
}

interface StoredSession {
  readonly name: string;
  readonly role: Role;
  readonly digest: string;
  readonly expires: string;
}

const SESSION_MS = 30 * 24 * 3_600_000;
const LINK_MS = 15 * 60_000;
const MAX_SESSIONS = 1_000;

export class Keyring {
  readonly #path: string;
  readonly #now: () => Date;
  #tokens: StoredToken[] = [];
  #sessions: StoredSession[] = [];
  /** One-time sign-in codes, by digest. Only in memory: a restart makes new ones. */
  readonly #links = new Map<string, { readonly name: string; readonly role: Role; readonly expires: number }>();
  #saving: Promise<void> = Promise.resolve();

  private constructor(path: string, now: () => Date) {
    this.#path = path;
    this.#now = now;
  }

  static async open(path: string, now: () => Date = () => new Date()): Promise<Keyring> {
    const keyring = new Keyring(path, now);
    if ((await realDisk.size(path)) !== null) {
      const saved = JSON.parse((await realDisk.readFile(path)).toString()) as {
        tokens: StoredToken[];
        sessions: StoredSession[];
      };
      keyring.#tokens = saved.tokens;
      keyring.#sessions = saved.sessions.filter(({ expires }) => Date.parse(expires) > now().getTime());
    }
    return keyring;
  }

  get tokens(): readonly Omit<StoredToken, 'digest'>[] {
    return this.#tokens.map(({ name, role, created, lastUsed }) => ({ name, role, created, lastUsed }));
  }

  hasToken(name: string): boolean {
    return this.#tokens.some((token) => token.name === name);
  }

  /** Makes a token and returns its secret, which is not kept. A name has one token: the caller checks `hasToken`. */
  async createToken(name: string, role: Role): Promise<string> {
    const secret = `cst_${randomBytes(32).toString('base64url')}`;
    this.#tokens.push({ name, role, digest: digestOf(secret), created: this.#now().toISOString(), lastUsed: null });
    await this.#save();
    return secret;
  }

  async revokeToken(name: string): Promise<void> {
    this.#tokens = this.#tokens.filter((token) => token.name !== name);
    await this.#save();
  }

  identifyToken(secret: string): Identity | null {
    const digest = digestOf(secret);
    const token = this.#tokens.find((candidate) => candidate.digest === digest);
    if (!token) return null;
    token.lastUsed = this.#now().toISOString(); // saved with the next change; a lost one is no harm
    return { name: token.name, role: token.role, via: 'token' };
  }

  /** A code for a sign-in link: works once, for 15 minutes. */
  createLink(name: string, role: Role): string {
    const code = randomBytes(24).toString('base64url');
    this.#links.set(digestOf(code), { name, role, expires: this.#now().getTime() + LINK_MS });
    return code;
  }

  /** Takes a code; null if it is wrong, used or too old. */
  redeemLink(code: string): { readonly name: string; readonly role: Role } | null {
    const digest = digestOf(code);
    const link = this.#links.get(digest);
    this.#links.delete(digest);
    return link && link.expires > this.#now().getTime() ? { name: link.name, role: link.role } : null;
  }

  /** Starts a session and returns the cookie's value. */
  async createSession(name: string, role: Role): Promise<{ readonly secret: string; readonly maxAgeSeconds: number }> {
    const secret = randomBytes(32).toString('base64url');
    const expires = new Date(this.#now().getTime() + SESSION_MS).toISOString();
    this.#sessions = [...this.#sessions.slice(1 - MAX_SESSIONS), { name, role, digest: digestOf(secret), expires }];
    await this.#save();
    return { secret, maxAgeSeconds: SESSION_MS / 1000 };
  }

  identifySession(secret: string): Identity | null {
    const digest = digestOf(secret);
    const session = this.#sessions.find((candidate) => candidate.digest === digest);
    if (!session || Date.parse(session.expires) <= this.#now().getTime()) return null;
    return { name: session.name, role: session.role, via: 'session' };
  }

  async endSession(secret: string): Promise<void> {
    const digest = digestOf(secret);
    this.#sessions = this.#sessions.filter((session) => session.digest !== digest);
    await this.#save();
  }

  /** One write at a time, each with everything. */
  #save(): Promise<void> {
    this.#saving = this.#saving
      .catch(() => {}) // told to whoever asked for that write
      .then(() => {
        const content = JSON.stringify({ tokens: this.#tokens, sessions: this.#sessions }, null, 2);
        return replaceFile(realDisk, this.#path, Buffer.from(content));
      });
    return this.#saving;
  }
}

/** Looking a digest up leaks nothing by its timing that helps to find the secret. */
const digestOf = (secret: string): string => hash('sha256', secret, 'hex');
