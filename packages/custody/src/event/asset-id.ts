/** Names of assets in one string: `dataset:NAMESPACE:NAME`, `job:NAMESPACE:NAME` (the form of Marquez's node ids). */
import type { AssetName } from './event.ts';

export type AssetKind = 'dataset' | 'job';

export const assetId = (kind: AssetKind, { namespace, name }: AssetName): string => `${kind}:${namespace}:${name}`;

/**
 * Every way to read an id. Namespaces hold colons (`postgres://host:5432`), names may too, so an id alone does not say
 * where the one ends; who knows the assets picks the reading that exists.
 */
export function readingsOfAssetId(id: string): readonly (AssetName & { readonly kind: AssetKind })[] {
  const kind = id.startsWith('dataset:') ? 'dataset' : id.startsWith('job:') ? 'job' : null;
  if (!kind) return [];
  const rest = id.slice(kind.length + 1);
  const readings: (AssetName & { kind: AssetKind })[] = [];
  for (let colon = rest.indexOf(':'); colon >= 0; colon = rest.indexOf(':', colon + 1)) {
    readings.push({ kind, namespace: rest.slice(0, colon), name: rest.slice(colon + 1) });
  }
  return readings;
}
