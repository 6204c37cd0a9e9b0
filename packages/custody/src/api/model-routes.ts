/** Routes about models: all of them, and one with its versions and what it was made from. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { AsOf } from '../fold/as-of.ts';
import { modelOf } from '../fold/model-versions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Env } from './guard.ts';
import { ModelDetail, ModelList } from './model-contract.ts';
import { modelDetail, modelList } from './models-view.ts';
import { Problem } from './problem.ts';
import { asOf as asOfQuery, json, problem, refusals } from './route-parts.ts';

const tags = ['Models'];
const listRoute = createRoute({
  method: 'get',
  path: '/custody/v1/models',
  summary: 'Models, with the newest version of each',
  tags,
  request: { query: z.object({ ...asOfQuery }) },
  responses: { 200: json(ModelList, 'Models'), ...refusals },
});
const readRoute = createRoute({
  method: 'get',
  path: '/custody/v1/model',
  summary: 'One version of a model: its signature, what it was made from, and the other versions',
  tags,
  request: { query: z.object({ id: z.string().max(5_000).openapi({ description: 'Id of the asset' }), ...asOfQuery }) },
  responses: { 200: json(ModelDetail, 'The model'), 404: problem('No such model at that time'), ...refusals },
});

export interface ModelParts {
  readonly ledger: Ledger;
  /** Row of an asset by its id, as of a time. Throws the problem that there is none. */
  readonly findAsset: (id: string, time: AsOf) => number;
  readonly asOf: (at: string | undefined, known: string | undefined) => Promise<AsOf>;
}

/** The guard of these paths is the server's, with the other questions. */
export function answerModels<E extends Env>(app: OpenAPIHono<E>, { ledger, findAsset, asOf }: ModelParts): void {
  app.openapi(listRoute, async (c) => {
    const { at, known } = c.req.valid('query');
    return c.json(modelList(ledger.state, await asOf(at, known), ledger.log.checkpoint()), 200);
  });

  app.openapi(readRoute, async (c) => {
    const { id, at, known } = c.req.valid('query');
    const time = await asOf(at, known);
    const asset = findAsset(id, time);
    const model = modelOf(ledger.state, asset, time);
    if (!model?.versions.some((version) => version.asset === asset)) {
      throw new Problem({
        status: 404,
        code: 'no-such-model',
        title: 'This asset is no model',
        detail: `Nothing says that ${id} is one.`,
        remedy: 'A producer says so by the type MODEL or a tag `model`. All models are on the Models page.',
      });
    }
    return c.json(modelDetail(ledger.state, model, asset, time, ledger.log.checkpoint()), 200);
  });
}
