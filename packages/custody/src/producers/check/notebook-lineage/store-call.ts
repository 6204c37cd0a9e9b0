/** Clients of object stores and warehouses. */
import { stringOf } from '../airflow/value.ts';
import { placesOf } from './argument.ts';
import { Flow } from './flow.ts';
import type { MethodCall } from './method-call.ts';

/** Clients of S3, Google's and Azure's stores. */
export function storeCall(
  { walk, method, name, receiver, given, line }: MethodCall,
  places: readonly string[],
): Flow | null {
  const { ledger } = walk;
  const said = (position: number, ...names: readonly string[]) =>
    names
      .map((one) => given.named.get(one))
      .concat(given.positional[position])
      .map((one) => placesOf(one?.value)[0])
      .find((one) => one !== undefined);
  const s3 = (bucket: number, key: number): string | null => {
    const [b, k] = [said(bucket, 'Bucket'), said(key, 'Key')];
    return b === undefined ? null : `s3://${b}/${k ?? ''}`;
  };
  const from = receiver?.place ?? null;
  const made = new Flow();
  switch (method) {
    case 'get_object': {
      const place = s3(9, 9);
      if (place !== null) ledger.read(place, 'file', method, line, made);
      return made;
    }
    case 'download_file':
    case 'download_fileobj': {
      const isOfObject = from !== null;
      const place = from ?? s3(0, 1);
      const to = isOfObject ? given.positional[0] : (given.named.get('Filename') ?? given.positional[2]);
      if (place === null) return null;
      ledger.read(place, 'file', method, line, made);
      if (to?.flow.place != null) to.flow.take(made);
      else if (method === 'download_file')
        for (const path of placesOf(to?.value)) ledger.write(path, 'file', method, line, made);
      else to?.flow.take(made);
      return made;
    }
    case 'put_object': {
      const place = from ?? s3(9, 9);
      const body = given.named.get('Body');
      if (place !== null) ledger.write(place, 'file', method, line, Flow.of(body?.flow ?? null));
      return made;
    }
    case 'upload_file':
    case 'upload_fileobj': {
      const [what, place] = [given.named.get('Filename') ?? given.positional[0], from ?? s3(1, 2)];
      if (place === null) return null;
      const value = Flow.of(what?.flow ?? null);
      if (method === 'upload_file')
        for (const path of placesOf(what?.value)) ledger.read(path, 'file', method, line, value);
      ledger.write(place, 'file', method, line, value);
      return made;
    }
    case 'Object': {
      const [bucket, key] = places.length > 0 ? [places[0], said(1)] : [undefined, undefined];
      if (bucket !== undefined) made.place = from === null ? `s3://${bucket}/${key ?? ''}` : `${from}${bucket}`;
      return made.place === null ? null : made;
    }
    case 'Bucket':
      made.place = places[0] === undefined ? null : `s3://${places[0]}/`;
      return made.place === null ? null : made;
    case 'bucket':
    case 'get_bucket':
      made.place = places[0] === undefined ? null : `gs://${places[0]}/`;
      return made.place === null ? null : made;
    case 'blob':
    case 'get_blob':
      if (from === null || places[0] === undefined) return null;
      made.place = `${from}${places[0]}`;
      return made;
    case 'get_container_client':
      made.place = places[0] === undefined ? null : `azure://${places[0]}/`;
      return made.place === null ? null : made;
    case 'get_blob_client': {
      const container = stringOf(given.named.get('container')?.value);
      const blob = stringOf(given.named.get('blob')?.value) ?? places[0];
      made.place = `${container === null ? (from ?? 'azure://') : `azure://${container}/`}${blob ?? ''}`;
      return made;
    }
    case 'download_to_filename':
    case 'download_as_bytes':
    case 'download_as_string':
    case 'download_as_text':
    case 'download_blob':
    case 'get':
      if (from === null || receiver?.isSink === true) return null;
      ledger.read(from, 'file', method, line, made);
      if (method === 'download_to_filename') for (const path of places) ledger.write(path, 'file', method, line, made);
      return made;
    case 'upload_from_filename':
    case 'upload_from_string':
    case 'upload_blob':
    case 'put': {
      if (from === null) return null;
      const value = Flow.of(given.positional[0]?.flow ?? null, given.named.get('Body')?.flow ?? null);
      if (method === 'upload_from_filename') for (const path of places) ledger.read(path, 'file', method, line, value);
      ledger.write(from, 'file', method, line, value);
      return made;
    }
    case 'load_table_from_dataframe':
    case 'load_table_from_json': {
      for (const table of placesOf(given.positional[1]?.value ?? given.named.get('destination')?.value))
        ledger.write(table, 'table', name, line, Flow.of(given.positional[0]?.flow ?? null));
      return made;
    }
    default:
      return null;
  }
}
