/**
 * Who may sign which step of a pipeline, what each step may take in and put out, and that nothing changed between them: the
 * idea of an in-toto layout (https://github.com/in-toto/docs/blob/master/in-toto-spec.md, section 4.3) over DSSE and
 * today's predicates. A rule is a list of what is allowed; what no rule names is refused.
 */
import { AttestError, shown, type AttestCode } from './attest-error.ts';
import type { Bundle } from './bundle.ts';
import { parseCertificates } from './certificate.ts';
import { parsePublicKey } from './key.ts';
import { linkOf, type StepLink } from './link.ts';
import { kindOfPredicate, predicateTypeOf } from './predicate.ts';
import { isSameArtifact, type DigestSet } from './statement.ts';
import { Shape, type JsonObject } from './strict-json.ts';
import { verifySigner, type Trust } from './trust.ts';

export interface ConsumeRule {
  /** Names, with `*` for any part of one and `**` for any path. */
  readonly name: string;
  /** The step that must have put out the same bytes under the same name; null: from outside. */
  readonly from: string | null;
  /** Must be among what the step took in. */
  readonly required: boolean;
}

export interface ProduceRule {
  readonly name: string;
  readonly required: boolean;
}

export interface LayoutStep {
  readonly name: string;
  readonly signers: readonly string[];
  /** How many of them must agree. */
  readonly threshold: number;
  /** Short name or type that the statement must be of; null takes any. */
  readonly predicate: string | null;
  readonly consumes: readonly ConsumeRule[];
  readonly produces: readonly ProduceRule[];
}

export interface Layout {
  /** ms since 1970; null for ever. */
  readonly expires: number | null;
  readonly signers: ReadonlyMap<string, SignerRule>;
  readonly steps: readonly LayoutStep[];
}

export type SignerRule =
  | { readonly kind: 'key'; readonly publicKey: string }
  | { readonly kind: 'certificate'; readonly roots: string; readonly identity: string }
  | { readonly kind: 'keyless'; readonly identity: string; readonly issuer: string };

const shape = new Shape('layout', 'the layout');
const STEPS_MAX = 1_000;

/** Reads a layout, parsed from JSON or YAML. Throws AttestError `malformed`, `key-unreadable`. */
export function parseLayout(value: unknown): Layout {
  const layout = shape.object(value, 'it');
  const expires = layout['expires'];
  const time = expires === undefined ? null : Date.parse(shape.string(expires, 'expires'));
  if (time !== null && Number.isNaN(time)) throw shape.wrong('expires', 'a time (RFC 3339)');
  const signers = new Map(
    Object.entries(shape.object(layout['signers'], 'signers')).map(([name, rule]) => [
      name,
      signerRule(shape.object(rule, `signers.${shown(name)}`), `signers.${shown(name)}`),
    ]),
  );
  const steps = shape
    .array(layout['steps'], 'steps', STEPS_MAX)
    .map((each, i) => layoutStep(shape.object(each, `steps[${i}]`), `steps[${i}]`, signers));
  if (steps.length === 0) throw shape.wrong('steps', 'a list with a step');
  steps.forEach(({ name, consumes }, i) => {
    if (steps.findIndex((other) => other.name === name) !== i)
      throw shape.wrong(`steps[${i}].name`, `a name of its own: "${shown(name)}" is there twice`);
    for (const { from } of consumes)
      if (from !== null && !steps.slice(0, i).some((earlier) => earlier.name === from))
        throw shape.wrong(`steps[${i}].consumes`, `from a step before it: "${shown(from)}" is none`);
  });
  return { expires: time, signers, steps };
}

function signerRule(rule: JsonObject, path: string): SignerRule {
  const text = (name: string) => shape.string(rule[name], `${path}.${name}`);
  if (rule['publicKey'] !== undefined) {
    const publicKey = text('publicKey');
    parsePublicKey(publicKey);
    return { kind: 'key', publicKey };
  }
  if (rule['roots'] !== undefined) {
    const roots = text('roots');
    parseCertificates(roots);
    return { kind: 'certificate', roots, identity: text('identity') };
  }
  if (rule['identity'] !== undefined) return { kind: 'keyless', identity: text('identity'), issuer: text('issuer') };
  throw shape.wrong(path, 'a signer with publicKey, with roots and identity, or with identity and issuer');
}

function layoutStep(step: JsonObject, path: string, known: ReadonlyMap<string, SignerRule>): LayoutStep {
  const signers = shape
    .array(step['signers'], `${path}.signers`, 1_000)
    .map((each) => shape.string(each, `${path}.signers`));
  const stranger = signers.find((name) => !known.has(name));
  if (stranger !== undefined)
    throw shape.wrong(`${path}.signers`, `of those under signers: "${shown(stranger)}" is none`);
  const threshold = step['threshold'] ?? 1;
  if (
    typeof threshold !== 'number' ||
    !Number.isSafeInteger(threshold) ||
    threshold < 1 ||
    threshold > new Set(signers).size
  )
    throw shape.wrong(`${path}.threshold`, `a number from 1 to ${new Set(signers).size}, the step's signers`);
  const predicate = step['predicate'] === undefined ? null : shape.string(step['predicate'], `${path}.predicate`);
  if (predicate !== null) predicateTypeOf(predicate);
  const rules = (name: string) =>
    (step[name] === undefined ? [] : shape.array(step[name], `${path}.${name}`, 10_000)).map((each, i) =>
      ruleOf(each, `${path}.${name}[${i}]`),
    );
  return {
    name: shape.string(step['name'], `${path}.name`),
    signers,
    threshold,
    predicate,
    consumes: rules('consumes'),
    produces: rules('produces'),
  };
}

function ruleOf(value: unknown, path: string): ConsumeRule {
  if (typeof value === 'string') return { name: value, from: null, required: false };
  const rule = shape.object(value, path);
  const from = rule['from'];
  return {
    name: shape.string(rule['name'], `${path}.name`),
    from: from === undefined || from === null ? null : shape.string(from, `${path}.from`),
    required: rule['required'] === true,
  };
}

/** A signed link and what to call it in messages. */
export interface GivenLink {
  readonly file: string;
  readonly bundle: Bundle;
}

export interface StepReport {
  readonly step: string;
  readonly signers: readonly string[];
  readonly files: readonly string[];
  readonly materials: number;
  readonly products: number;
}

export interface LayoutOptions {
  /** ms */
  readonly now: number;
  /** Sigstore's trusted root, parsed; needed where a signer is an identity without roots. */
  readonly trustedRoot: unknown;
  /** What the last step must have put out; null if that is not asked. */
  readonly artifacts: readonly { readonly name: string; readonly digest: DigestSet }[];
}

const refuse = (code: AttestCode, step: string | null, message: string, remedy: string): AttestError =>
  new AttestError('layout', code, message, remedy, step === null ? null : shown(step));

/** Checks every step and what passes between them. Throws AttestError: one cause, which names the step. */
export async function verifyLayout(
  layout: Layout,
  links: readonly GivenLink[],
  options: LayoutOptions,
): Promise<readonly StepReport[]> {
  if (layout.expires !== null && options.now > layout.expires)
    throw refuse(
      'layout-expired',
      null,
      `the layout was in force until ${new Date(layout.expires).toISOString()}`,
      'Get the layout that is in force now.',
    );
  const done = new Map<string, StepLink>();
  const reports: StepReport[] = [];
  for (const step of layout.steps) {
    const { link, signers, files } = await agreedLink(step, layout, links, options);
    requireRules(step, link, done);
    done.set(step.name, link);
    reports.push({ step: step.name, signers, files, materials: link.materials.size, products: link.products.size });
  }
  const last = layout.steps.at(-1) as LayoutStep;
  const products = [...(done.get(last.name) as StepLink).products.values()];
  for (const { name, digest } of options.artifacts)
    if (!products.some((product) => isSameArtifact(product, digest)))
      throw refuse(
        'other-subject',
        last.name,
        `the last step, ${shown(last.name)}, did not put out "${shown(name)}" as it is here`,
        'It was altered afterwards, or made elsewhere.',
      );
  return reports;
}

async function agreedLink(step: LayoutStep, { signers }: Layout, links: readonly GivenLink[], options: LayoutOptions) {
  const read = links.map((each) => ({ ...each, link: linkOf(each.bundle.envelope) }));
  const candidates = read.filter(({ link }) =>
    link.step === null
      ? step.predicate !== null && isOfType(link.predicateType, step.predicate)
      : link.step === step.name,
  );
  if (candidates.length === 0)
    throw refuse(
      'step-missing',
      step.name,
      `nobody signed the step ${shown(step.name)}`,
      'Give its link as well; if there is none, the step was not done as the layout asks.',
    );
  const signed = new Map<string, (typeof candidates)[number]>();
  let trouble: AttestError | null = null;
  for (const candidate of candidates) {
    if (step.predicate !== null && !isOfType(candidate.link.predicateType, step.predicate)) {
      trouble = refuse(
        'predicate-type',
        step.name,
        `${candidate.file} is of the type ${candidate.link.predicateType}, not ${step.predicate}`,
        'The layout asks for another kind of statement.',
      );
      continue;
    }
    for (const name of step.signers) {
      try {
        await verifySigner(candidate.bundle, trustIn(signers.get(name) as SignerRule, options));
        if (!signed.has(name)) signed.set(name, candidate);
      } catch (error) {
        if (!(error instanceof AttestError)) throw error;
      }
    }
  }
  if (signed.size < step.threshold)
    throw (
      (signed.size === 0 ? trouble : null) ??
      refuse(
        'step-signer',
        step.name,
        `the step ${shown(step.name)} is signed by ${signed.size} of the ${step.threshold} who must${signed.size > 0 ? `: ${[...signed.keys()].join(', ')}` : ''}`,
        `Those who may are ${step.signers.join(', ')}.`,
      )
    );
  const [first, ...others] = [...signed.values()];
  const chosen = first as (typeof candidates)[number];
  for (const other of others)
    if (!isSameLink(chosen.link, other.link))
      throw refuse(
        'step-mismatch',
        step.name,
        `${chosen.file} and ${other.file} differ in what the step ${shown(step.name)} took in or put out`,
        'Find out which is right: they are both signed.',
      );
  return {
    link: chosen.link,
    signers: [...signed.keys()],
    files: [...new Set([...signed.values()].map(({ file }) => file))],
  };
}

const isOfType = (type: string, wanted: string): boolean =>
  type === wanted ||
  kindOfPredicate(type) === wanted ||
  (wanted === 'link' && type.startsWith('https://in-toto.io/Link/'));

function trustIn(rule: SignerRule, { now, trustedRoot }: LayoutOptions): Trust {
  switch (rule.kind) {
    case 'key':
      return { kind: 'keys', keys: [parsePublicKey(rule.publicKey)] };
    case 'certificate':
      return { kind: 'certificates', trusted: parseCertificates(rule.roots), time: now, identity: rule.identity };
    case 'keyless':
      return { kind: 'keyless', trustedRoot, identity: rule.identity, issuer: rule.issuer };
    default:
      return rule satisfies never;
  }
}

function isSameLink(a: StepLink, b: StepLink): boolean {
  const same = (x: ReadonlyMap<string, DigestSet>, y: ReadonlyMap<string, DigestSet>) =>
    x.size === y.size && [...x].every(([name, digest]) => isSameArtifact(digest, y.get(name) ?? {}));
  return same(a.materials, b.materials) && same(a.products, b.products);
}

function requireRules(step: LayoutStep, { materials, products }: StepLink, done: ReadonlyMap<string, StepLink>): void {
  const name = shown(step.name);
  const matched = new Set<ConsumeRule | ProduceRule>();
  for (const [file, digest] of materials) {
    const rule = step.consumes.find((each) => isMatch(each.name, file));
    if (rule === undefined)
      throw refuse(
        'step-rule',
        step.name,
        `the step ${name} took in "${shown(file)}", which no rule allows`,
        'Find out where it came from, or allow it under consumes.',
      );
    matched.add(rule);
    if (rule.from === null) continue;
    const made = done.get(rule.from)?.products.get(file);
    if (made === undefined)
      throw refuse(
        'step-mismatch',
        step.name,
        `the step ${name} took in "${shown(file)}", which ${shown(rule.from)} did not put out`,
        'It came in from elsewhere.',
      );
    if (!isSameArtifact(made, digest))
      throw refuse(
        'step-mismatch',
        step.name,
        `"${shown(file)}" was altered between the steps ${shown(rule.from)} and ${name}`,
        'What the one put out is not what the other took in.',
      );
  }
  for (const file of products.keys()) {
    const rule = step.produces.find((each) => isMatch(each.name, file));
    if (rule === undefined)
      throw refuse(
        'step-rule',
        step.name,
        `the step ${name} put out "${shown(file)}", which no rule allows`,
        'Find out what made it, or allow it under produces.',
      );
    matched.add(rule);
  }
  const missing = [...step.consumes, ...step.produces].find((rule) => rule.required && !matched.has(rule));
  if (missing !== undefined)
    throw refuse(
      'step-rule',
      step.name,
      `the step ${name} lacks "${shown(missing.name)}", which is required`,
      'Do the step again with it.',
    );
}

/** `*` stands for any characters but a slash, `**` for any at all. Linear in the product of both lengths. */
export function isMatch(pattern: string, name: string): boolean {
  // reachable[i]: the name up to i is matched by the pattern so far
  let reachable = new Uint8Array(name.length + 1);
  reachable[0] = 1;
  for (let p = 0; p < pattern.length; p++) {
    const next = new Uint8Array(name.length + 1);
    if (pattern[p] === '*') {
      const crosses = pattern[p + 1] === '*';
      if (crosses) p++;
      let open = 0;
      for (let i = 0; i <= name.length; i++) {
        if (reachable[i] === 1) open = 1;
        if (open === 1) next[i] = 1;
        if (!crosses && name[i] === '/') open = 0;
      }
    } else for (let i = 0; i < name.length; i++) if (reachable[i] === 1 && name[i] === pattern[p]) next[i + 1] = 1;
    reachable = next;
  }
  return reachable[name.length] === 1;
}
