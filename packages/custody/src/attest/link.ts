/**
 * What a step of a pipeline took in and put out, read from what it signed: in-toto's link predicate, SLSA provenance, or a
 * link of the older in-toto (`in-toto-run --use-dsse`), whose payload is the link itself.
 */
import { AttestError, shown } from './attest-error.ts';
import { IN_TOTO_PAYLOAD, ENVELOPE_BYTES_MAX, type DsseEnvelope } from './dsse.ts';
import { checkPredicate, kindOfPredicate } from './predicate.ts';
import { parseStatement, resourceOf, type DigestSet, type Statement } from './statement.ts';
import { isObject, parseStrictJson, Shape } from './strict-json.ts';

export interface StepLink {
  /** Null where the statement does not name its step. */
  readonly step: string | null;
  readonly predicateType: string;
  /** Digests by name. */
  readonly materials: ReadonlyMap<string, DigestSet>;
  readonly products: ReadonlyMap<string, DigestSet>;
}

const shape = new Shape('layout', 'the link');
const OLD_LINK = 'https://in-toto.io/Link/v0.2';
const LIST_MAX = 1_000_000;

/** Of an envelope whose signature is checked elsewhere. Throws AttestError. */
export function linkOf({ payloadType, payload }: DsseEnvelope): StepLink {
  if (payloadType !== IN_TOTO_PAYLOAD)
    throw new AttestError(
      'layout',
      'payload-type',
      `a link is of the payload type ${JSON.stringify(payloadType.slice(0, 80))}`,
      `It must be ${IN_TOTO_PAYLOAD}.`,
    );
  const value = parseStrictJson(payload, 'layout', 'the link', ENVELOPE_BYTES_MAX);
  if (isObject(value) && value['_type'] === 'link')
    return {
      step: shape.string(value['name'], 'name'),
      predicateType: OLD_LINK,
      materials: digestsByPath(value['materials'], 'materials'),
      products: digestsByPath(value['products'], 'products'),
    };
  const statement = parseStatement(payload);
  checkPredicate(statement);
  return linkInStatement(statement);
}

function digestsByPath(value: unknown, path: string): ReadonlyMap<string, DigestSet> {
  const entries = Object.entries(shape.object(value, path));
  return new Map(
    entries.map(([name, digest]) => [name, resourceOf({ name, digest }, `${path}.${shown(name)}`, shape).digest]),
  );
}

function linkInStatement({ subject, predicate, predicateType }: Statement): StepLink {
  const products = named(
    subject.map(({ name, uri, digest }) => ({ name: name || (uri ?? ''), digest })),
    'subject',
  );
  const kind = kindOfPredicate(predicateType);
  const listed =
    kind === 'link'
      ? predicate['materials']
      : kind === 'slsa'
        ? shape.object(predicate['buildDefinition'], 'buildDefinition')['resolvedDependencies']
        : undefined;
  const materials =
    listed === undefined
      ? []
      : shape.array(listed, 'materials', LIST_MAX).map((each, i) => resourceOf(each, `materials[${i}]`, shape));
  return {
    step: kind === 'link' ? shape.string(predicate['name'], 'name') : null,
    predicateType,
    materials: named(
      materials.map(({ name, uri, digest }) => ({ name: name || (uri ?? ''), digest })),
      'materials',
    ),
    products,
  };
}

function named(
  list: readonly { readonly name: string; readonly digest: DigestSet }[],
  what: string,
): ReadonlyMap<string, DigestSet> {
  const map = new Map<string, DigestSet>();
  for (const { name, digest } of list) {
    if (map.has(name)) throw shape.wrong(`${what} "${shown(name)}"`, 'named once');
    map.set(name, digest);
  }
  return map;
}
