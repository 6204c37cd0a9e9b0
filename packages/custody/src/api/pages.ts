/** The web pages: files that were built, known by name at start, so that no path of a request ever reaches the disk. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Context } from 'hono';

const MEDIA: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
};

export class Pages {
  readonly #folder: string;
  readonly #files: ReadonlySet<string>;

  /** `folder`: what the web package built. One that is not there serves a page that says how to build it. */
  constructor(folder: string) {
    this.#folder = folder;
    let names: string[] = [];
    try {
      names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    } catch {
      // not built
    }
    this.#files = new Set(names.map((name) => `/${name.replaceAll('\\', '/')}`));
  }

  serve(c: Context): Response {
    const path = c.req.path;
    // The pages route themselves, so a path that is no file is a page.
    const file = this.#files.has(path) && path.includes('.') ? path : '/index.html';
    if (!this.#files.has(file)) {
      return c.text('The pages are not built. Run `npm run build`, then start Custody again.', 503);
    }
    const hashed = file.startsWith('/assets/');
    return c.body(readFileSync(`${this.#folder}${file}`), 200, {
      'content-type': MEDIA[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  }
}
