/**
 * OPA's REST API (https://www.openpolicyagent.org/docs/rest-api) in front of the policies in force: a client of OPA can
 * point here. It differs where Custody is stricter: every request needs a token, every decision is an entry of the log,
 * and a policy or document that is put here is published as a version of a policy, with an entry of its own.
 */
import type { Context, Hono } from 'hono';
import { documentAt, patchedDocument, withDocument } from '../gate/documents.ts';
import { solutionsText, type Decider } from '../ledger/decider.ts';
import type { DecisionLog } from '../ledger/decision-log.ts';
import type { PolicyStore } from '../ledger/policy-store.ts';
import type { Keyring } from '../access/keyring.ts';
import {
  JsonSyntaxError,
  moduleJson,
  parseJson,
  parseModule,
  RegoObject,
  toJson,
  type Value,
} from '../gate/rego/index.ts';
import { requires, type Env } from './guard.ts';
import { indented } from './json-indent.ts';
import { evaluationError, invalid, noSuch, OpaError, opaErrorOf } from './opa-error.ts';

export interface OpaParts {
  readonly keyring: Keyring;
  readonly store: PolicyStore;
  readonly decider: Decider;
  readonly decisions: DecisionLog;
  readonly version: string;
  readBytes(c: Context): Promise<Uint8Array>;
}

/** The policy that holds the documents put under /v1/data. */
const DOCUMENTS = 'documents';
const DATA = '/v1/data';
const NAME = /^[A-Za-z0-9][\w./-]{0,99}$/;

export function mountOpa(app: Hono<Env>, parts: OpaParts): void {
  const { store, decider, decisions, keyring } = parts;
  const decide = requires(keyring, 'decide');
  const read = requires(keyring, 'read');
  const publish = requires(keyring, 'publish');

  const answering =
    (handle: (c: Context<Env>) => Promise<Response> | Response) =>
    async (c: Context<Env>): Promise<Response> => {
      try {
        return await handle(c);
      } catch (error) {
        const known = opaErrorOf(error);
        if (known !== null) return c.json(known.body, known.status);
        throw error;
      }
    };

  const flag = (c: Context, name: string): boolean => {
    const value = c.req.query(name);
    return value !== undefined && value !== 'false';
  };
  /** `fields` are JSON texts. */
  const send = (c: Context, fields: Readonly<Record<string, string | null>>): Response => {
    const text = `{${Object.entries(fields)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `${JSON.stringify(name)}:${value ?? ''}`)
      .join(',')}}`;
    return c.body(flag(c, 'pretty') ? `${indented(text)}\n` : `${text}\n`, 200, { 'content-type': 'application/json' });
  };

  const bodyOf = async (c: Context): Promise<Value | undefined> => {
    const text = Buffer.from(await parts.readBytes(c)).toString();
    if (text.trim() === '') return undefined;
    return jsonOf(text, 'body contains malformed input');
  };
  const inputOf = (body: Value | undefined): Value | undefined => {
    if (body === undefined) return undefined;
    if (!(body instanceof RegoObject)) throw invalid('body contains malformed input: must be an object');
    // As OPA does: an input of null is none.
    return body.get('input') ?? undefined;
  };
  const asked = (c: Context<Env>, input: Value | undefined) => {
    if (!decider.hasRoom)
      throw new OpaError(503, 'internal_error', 'decisions cannot be recorded now, so none is made; try again');
    return { input, by: c.get('identity').name, strictBuiltinErrors: flag(c, 'strict-builtin-errors') };
  };

  const metricsOf = (c: Context, nanos: number, started: bigint): string | null =>
    flag(c, 'metrics') || flag(c, 'instrument')
      ? JSON.stringify({
          counter_server_query_cache_hit: 1,
          timer_rego_query_eval_ns: nanos,
          timer_server_handler_ns: Number(process.hrtime.bigint() - started),
        })
      : null;
  const provenanceOf = (c: Context): string | null =>
    flag(c, 'provenance')
      ? JSON.stringify({
          version: parts.version,
          bundles: Object.fromEntries(
            store.current.policies.map(({ name, version, digest }) => [name, { revision: `${version} ${digest}` }]),
          ),
        })
      : null;

  // --- data

  const data = async (c: Context<Env>, input: Value | undefined, warn: boolean): Promise<Response> => {
    const started = process.hrtime.bigint();
    const path = pathAfter(c, '/v1/data');
    const { id, value, error, nanos } = decider.decide(path, asked(c, input));
    if (error !== null) throw evaluationError(error);
    return send(c, {
      decision_id: JSON.stringify(id),
      result: value === undefined ? null : toJson(value),
      metrics: metricsOf(c, nanos, started),
      provenance: provenanceOf(c),
      warning: warn
        ? JSON.stringify({ code: 'api_usage_warning', message: "'input' key missing from the request" })
        : null,
    });
  };

  const getData = answering((c) => {
    const text = c.req.query('input');
    return data(c, text === undefined ? undefined : jsonOf(text, 'parameter contains malformed input'), false);
  });
  const postData = answering(async (c) => {
    const input = inputOf(await bodyOf(c));
    return data(c, input, input === undefined);
  });
  for (const path of ['/v1/data', '/v1/data/*']) {
    app.get(path, decide, getData);
    app.post(path, decide, postData);
  }

  const raw = (path: (c: Context) => string[]) =>
    answering(async (c) => {
      const names = path(c);
      const { value, error } = decider.decide(names, asked(c, await bodyOf(c)));
      if (error !== null) throw evaluationError(error);
      if (value === undefined)
        throw new OpaError(404, 'undefined_document', `document missing or undefined: data.${names.join('.')}`);
      const text = toJson(value);
      return c.body(flag(c, 'pretty') ? `${indented(text)}\n` : text, 200, { 'content-type': 'application/json' });
    });
  for (const path of ['/v0/data', '/v0/data/*'])
    app.post(
      path,
      decide,
      raw((c) => pathAfter(c, '/v0/data')),
    );
  app.post(
    '/',
    decide,
    raw(() => ['system', 'main']),
  );

  const documents = (): RegoObject => {
    const text = store.current.policies.find(({ name }) => name === DOCUMENTS)?.files['data.json'];
    return text === undefined ? RegoObject.empty : (parseJson(text) as RegoObject);
  };
  /** Puts the documents in force that `change` makes of those before. */
  const changing = (change: (path: string[], before: RegoObject, c: Context) => Promise<RegoObject | null>) =>
    answering(async (c) => {
      const path = pathAfter(c, '/v1/data');
      const after = await change(path, documents(), c);
      if (after === null) return c.body(null, 304);
      const by = c.get('identity').name;
      const message = `${c.req.method} ${DATA}`;
      await store.publish({
        name: DOCUMENTS,
        files: { 'data.json': toJson(after) },
        author: by,
        by,
        message,
        base: null,
      });
      return c.body(null, 204);
    });
  const putData = changing(async (path, before, c) => {
    if (c.req.header('if-none-match') === '*' && documentAt(before, path) !== undefined) return null;
    const value = await bodyOf(c);
    if (value === undefined) throw invalid('body is empty');
    const after = withDocument(before, path, value);
    if (after === null) throw invalid('a document of objects is needed on the way to the path');
    return after;
  });
  const patchData = changing(async (path, before, c) => {
    const operations = await bodyOf(c);
    if (operations === undefined || !Array.isArray(operations)) throw invalid('body must be an array of operations');
    const after = patchedDocument(before, path, operations as Value);
    if (after === null) throw noSuch('an operation does not fit the document');
    return after;
  });
  const deleteData = changing(async (path, before) => {
    if (documentAt(before, path) === undefined) throw noSuch(`document does not exist: /${path.join('/')}`);
    return withDocument(before, path, undefined);
  });
  for (const path of [DATA, `${DATA}/*`]) {
    app.put(path, publish, putData);
    app.patch(path, publish, patchData);
    app.delete(path, publish, deleteData);
  }

  // --- queries

  const answerQuery = (c: Context<Env>, query: string, input: Value | undefined): Response => {
    const started = process.hrtime.bigint();
    const { id, value, error, nanos } = decider.query(query, asked(c, input));
    if (error !== null) {
      const { code } = error;
      if (code.startsWith('rego_'))
        throw new OpaError(400, 'invalid_parameter', 'error(s) occurred while parsing query', [error]);
      throw evaluationError(error);
    }
    return send(c, {
      decision_id: JSON.stringify(id),
      result: value === undefined || value.length === 0 ? null : solutionsText(value),
      metrics: metricsOf(c, nanos, started),
    });
  };
  app.get(
    '/v1/query',
    decide,
    answering((c) => {
      const query = c.req.query('q');
      if (query === undefined || query === '') throw invalid('missing parameter: q');
      return answerQuery(c, query, undefined);
    }),
  );
  app.post(
    '/v1/query',
    decide,
    answering(async (c) => {
      const body = await bodyOf(c);
      const query = body instanceof RegoObject ? body.get('query') : undefined;
      if (typeof query !== 'string' || query === '')
        throw new OpaError(500, 'internal_error', 'cannot evaluate empty query');
      return answerQuery(c, query, inputOf(body));
    }),
  );
  const refuseCompile = answering(() => {
    throw new OpaError(501, 'invalid_operation', 'partial evaluation is not offered here: ask /v1/data or /v1/query');
  });
  for (const path of ['/v1/compile', '/v1/compile/*']) app.post(path, decide, refuseCompile);

  // --- policies

  const modules = () =>
    store.current.policies.flatMap(({ name, files }) => {
      const own = Object.entries(files).filter(([file]) => file.endsWith('.rego'));
      return own.map(([file, text]) => ({ id: own.length === 1 ? name : `${name}/${file}`, text }));
    });
  const moduleView = ({ id, text }: { id: string; text: string }): string =>
    `{"id":${JSON.stringify(id)},"raw":${JSON.stringify(text)},"ast":${toJson(moduleJson(parseModule(text, id)))}}`;

  app.get(
    '/v1/policies',
    read,
    answering((c) => send(c, { result: `[${modules().map(moduleView).join(',')}]` })),
  );
  app.get(
    '/v1/policies/*',
    read,
    answering((c) => {
      const id = pathAfter(c, '/v1/policies').join('/');
      const found = modules().find((module) => module.id === id);
      if (found === undefined) throw noSuch(`policy id ${JSON.stringify(id)}`);
      return send(c, { result: moduleView(found) });
    }),
  );
  app.put(
    '/v1/policies/*',
    publish,
    answering(async (c) => {
      const name = pathAfter(c, '/v1/policies').join('/');
      if (!NAME.test(name)) throw invalid(`bad policy id ${JSON.stringify(name.slice(0, 100))}`);
      const text = Buffer.from(await parts.readBytes(c)).toString();
      const identity = c.get('identity').name;
      const before = store.current.policies.find((policy) => policy.name === name);
      const [file = 'policy.rego'] = Object.keys(before?.files ?? {}).filter((known) => known.endsWith('.rego'));
      if (before !== undefined && Object.keys(before.files).length > 1)
        throw invalid(`the policy ${name} has several files: publish it as a whole`);
      if (before?.files[file] !== text)
        await store.publish({
          name,
          files: { [file]: text },
          author: identity,
          by: identity,
          message: 'PUT /v1/policies',
          base: null,
        });
      return send(c, {});
    }),
  );
  app.delete(
    '/v1/policies/*',
    publish,
    answering(async (c) => {
      await store.withdraw(pathAfter(c, '/v1/policies').join('/'), c.get('identity').name, 'DELETE /v1/policies');
      return send(c, {});
    }),
  );

  // --- the server

  app.get('/health', (c) =>
    decisions.failure === null ? c.json({}) : c.json({ error: 'decisions cannot be recorded' }, 500),
  );
  app.get('/v1/config', read, (c) =>
    c.json({ result: { default_decision: '/system/main', labels: { version: parts.version } } }),
  );
  app.get('/v1/status', read, (c) =>
    c.json({
      result: {
        bundles: Object.fromEntries(
          store.current.policies.map(({ name, version, digest }) => [
            name,
            { name, active_revision: `${version} ${digest}` },
          ]),
        ),
      },
    }),
  );
}

/** The names after a prefix of the address, each unescaped. */
function pathAfter(c: Context, prefix: string): string[] {
  const { pathname } = new URL(c.req.url);
  try {
    return pathname
      .slice(prefix.length)
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    throw invalid('the path has an escape that is none');
  }
}

function jsonOf(text: string, what: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw invalid(`${what}: ${error.message}`);
    throw error;
  }
}
