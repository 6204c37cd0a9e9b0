/** The pages by their paths. The lineage page brings the drawing library with it, so it is fetched when it is opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
  type ErrorComponentProps,
} from '@tanstack/react-router';
import { AssetPage } from './assets/asset-page.tsx';
import { AssetsPage } from './assets/assets-page.tsx';
import { GapsPage } from './gaps/gaps-page.tsx';
import { HomePage } from './home/home-page.tsx';
import { LogPage } from './log/log-page.tsx';
import {
  anywhere,
  assetPlace,
  assetsPlace,
  checksPlace,
  datasetsPlace,
  gapsPlace,
  gatesPlace,
  lineagePlace,
  logPlace,
  modelsPlace,
  parseSearch,
  policyPlace,
  stringifySearch,
} from './place.ts';
import { Shell } from './shell/shell.tsx';
import { SignInPage } from './shell/sign-in-page.tsx';
import { Empty } from './ui/empty.tsx';
import { Notice } from './ui/notice.tsx';

const rootRoute = createRootRoute({
  validateSearch: anywhere,
  // The past is one for all pages: going from page to page does not leave it.
  search: { middlewares: [retainSearchParams(['at', 'known'])] },
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: Broken,
});

const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: HomePage });
const assetsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/assets',
  validateSearch: assetsPlace,
  component: AssetsPage,
});
const assetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/asset',
  validateSearch: assetPlace,
  component: AssetPage,
});
const lineageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/lineage',
  validateSearch: lineagePlace,
  component: lazyRouteComponent(() => import('./lineage/lineage-page.tsx'), 'LineagePage'),
});
const policiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/policies',
  validateSearch: policyPlace,
  component: lazyRouteComponent(() => import('./policies/policies-page.tsx'), 'PoliciesPage'),
});
const datasetsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/datasets',
  validateSearch: datasetsPlace,
  component: lazyRouteComponent(() => import('./datasets/datasets-page.tsx'), 'DatasetsPage'),
});
const checksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/checks',
  validateSearch: checksPlace,
  component: lazyRouteComponent(() => import('./checks/checks-page.tsx'), 'ChecksPage'),
});
const modelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/models',
  validateSearch: modelsPlace,
  component: lazyRouteComponent(() => import('./models/models-page.tsx'), 'ModelsPage'),
});
const gatesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/gates',
  validateSearch: gatesPlace,
  component: lazyRouteComponent(() => import('./gates/gates-page.tsx'), 'GatesPage'),
});
const gapsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/gaps',
  validateSearch: gapsPlace,
  component: GapsPage,
});
// Not `/log`: below that lie the checkpoint and the tiles, which are not pages.
const logRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/entries',
  validateSearch: logPlace,
  component: LogPage,
});
const signInRoute = createRoute({ getParentRoute: () => rootRoute, path: '/signin', component: SignInPage });

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    assetsRoute,
    assetRoute,
    lineageRoute,
    datasetsRoute,
    policiesRoute,
    checksRoute,
    modelsRoute,
    gatesRoute,
    gapsRoute,
    logRoute,
    signInRoute,
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

function NotFound() {
  return (
    <div className="page">
      <h1 className="sr">No such page</h1>
      <Empty title="No such page">
        The link may be old, or a letter is missing. The pages are in the list on the left.
      </Empty>
    </div>
  );
}

function Broken({ error }: ErrorComponentProps) {
  return (
    <div className="page">
      <h1 className="sr">This page broke</h1>
      <Notice tone="bad" icon="bad">
        <strong>This page broke.</strong> The log and its data are not touched. Reload the page; if it breaks again,
        report: <code>{error instanceof Error ? error.message : String(error)}</code>
      </Notice>
    </div>
  );
}
