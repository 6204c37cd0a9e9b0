/** Which dataset a table or a location of a SQL text is, in OpenLineage's naming. */
import type { AssetName } from '../../event/event.ts';
import type { TableRef } from '../sql/index.ts';

/** A table is named by its parts within a namespace; a location by where it lies. */
export function datasetOfTable(table: Pick<TableRef, 'name' | 'kind'>, namespace: string): AssetName {
  return table.kind === 'location' ? datasetOfLocation(table.name, namespace) : { namespace, name: table.name };
}

/**
 * `s3://bucket/a/b.csv` is `a/b.csv` in `s3://bucket`; a path is itself in `file`. Who signs in, and with which key, is no
 * part of a name: it is cut off.
 */
function datasetOfLocation(location: string, namespace: string): AssetName {
  const url = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/i.exec(location);
  if (url) {
    const [, scheme, authority, path] = url;
    const host = authority!.slice(authority!.lastIndexOf('@') + 1);
    return { namespace: `${scheme!.toLowerCase()}://${host}`, name: path!.replace(/^\/+/, '') || '/' };
  }
  // A stage (`@stage/path`) and the like belong to the database.
  return /^[./~]|[/\\]|^[a-z]:\\/i.test(location) && !location.startsWith('@')
    ? { namespace: 'file', name: location }
    : { namespace, name: location };
}
