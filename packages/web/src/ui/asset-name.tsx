import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { AssetRef } from '../api/answers.ts';
import { Icon, type IconName } from './icon.tsx';

const BY_TYPE: Readonly<Record<string, IconName>> = {
  FILE: 'file',
  PARQUET: 'file',
  CSV: 'file',
  MODEL: 'model',
  FEATURE_VIEW: 'feature',
  STREAM: 'feed',
  TOPIC: 'feed',
  VIEW: 'table',
};

export const assetIcon = ({ kind, type }: Pick<AssetRef, 'kind' | 'type'>): IconName =>
  kind === 'job' ? 'job' : (BY_TYPE[type?.toUpperCase() ?? ''] ?? 'assets');

/** The word for what it is, as the producer said it: `table`, `feature view`, `job`. */
export const assetWord = ({ kind, type }: Pick<AssetRef, 'kind' | 'type'>): string => {
  const word = (type ?? kind).toLowerCase().replaceAll('_', ' ');
  return kind === 'job' && word !== 'job' ? `${word} job` : word;
};

/**
 * A name for a narrow place: the last part, with what stands before it apart. `warehouse.raw_bureau` and
 * `exports/q3.parquet` have two parts; the dot of a file's ending does not count.
 */
export function shortName({ name, type }: Pick<AssetRef, 'name' | 'type'>): readonly [last: string, before: string] {
  const isPath = name.includes('/') || BY_TYPE[type?.toUpperCase() ?? ''] === 'file';
  const cut = isPath ? name.lastIndexOf('/') : name.lastIndexOf('.');
  return cut <= 0 || cut === name.length - 1 ? [name, ''] : [name.slice(cut + 1), name.slice(0, cut)];
}

/** A long name may break after each separator, and nowhere else. */
export function Breakable({ name }: { readonly name: string }) {
  const parts = name.split(/(?<=[._/:-])/);
  return parts.map((part, n) => (
    <Fragment key={n}>
      {part}
      {n < parts.length - 1 && <wbr />}
    </Fragment>
  ));
}

export function AssetLink({
  asset,
  className = 'inline-link',
}: {
  readonly asset: AssetRef;
  readonly className?: string;
}) {
  return (
    <Link to="/asset" search={{ id: asset.id }} className={className} title={asset.id}>
      <Breakable name={asset.name} />
    </Link>
  );
}

export function AssetMark({ asset }: { readonly asset: Pick<AssetRef, 'kind' | 'type'> }) {
  return <Icon name={assetIcon(asset)} />;
}
