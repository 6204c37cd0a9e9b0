/**
 * Terraform read without Terraform: configurations of a repository, with variables, locals, `count`, `for_each`, `dynamic`,
 * functions, references and the modules that lie in it. Nothing is run, no provider is asked, nothing is fetched.
 */
import { Budget, Evaluator } from './evaluator.ts';
import { attributeOf, NO_BODY, type Body } from './expression.ts';
import type {
  TerraformFacts,
  TerraformModule,
  TerraformOutput,
  TerraformProvider,
  TerraformResource,
} from './facts.ts';
import { hclReader, type HclReader } from './hcl-syntax.ts';
import { jsonBody } from './json-syntax.ts';
import { calledFolder, moduleSource, sourceOf, type ModuleSource, type ParsedFile } from './module-source.ts';
import { Configuration, Module } from './module.ts';
import { resourceFacts } from './resource-facts.ts';

export type { TerraformFacts } from './facts.ts';
export { isPlan, planIn } from './plan.ts';

/** Whether a file belongs to a configuration. */
export const isTerraform = (path: string): boolean => /\.(?:tf|tofu|tf\.json|tfvars|tfvars\.json)$/i.test(path);

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.');

export interface TerraformOptions {
  /** Milliseconds, to stop what takes too long. */
  readonly now?: () => number;
}

type Unread = { file: string; line: number; what: string };

/** Facts of each configuration in `files` (text by path): a folder that no other calls, with the modules that it calls. */
export async function terraformIn(
  files: ReadonlyMap<string, string>,
  { now = () => performance.now() }: TerraformOptions = {},
): Promise<TerraformFacts[]> {
  const reader = await hclReader();
  const unread: Unread[] = [];
  const folders = new Map<string, { files: ParsedFile[]; given: ParsedFile[] }>();
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const folder = folderOf(path);
    const into = folders.get(folder) ?? { files: [], given: [] };
    folders.set(folder, into);
    const isGiven = /\.tfvars(?:\.json)?$/i.test(path);
    if (isGiven && !/(?:^|\/)(?:terraform|.*\.auto)\.tfvars(?:\.json)?$/i.test(path)) continue;
    const body = bodyOf(reader, path, text, now, (what) => unread.push({ file: path, line: 1, what }));
    (isGiven ? into.given : into.files).push({ path, body });
  }
  const sources = new Map<string, ModuleSource>();
  for (const [folder, { files: parsed, given }] of folders)
    if (parsed.length > 0) sources.set(folder, moduleSource(folder, parsed, given.sort(byPrecedence)));
  return rootsOf(sources).map((source) => {
    const budget = new Budget();
    const facts = factsOf(new Module(source, new Configuration(new Evaluator(budget), sources)), unread);
    const cut = { file: facts.path, line: 1, what: 'it takes too many steps: a part of it is not known' };
    return budget.left > 0 ? facts : { ...facts, unknowns: [...facts.unknowns, cut] };
  });
}

function bodyOf(reader: HclReader, path: string, text: string, now: () => number, tell: (what: string) => void): Body {
  if (/\.json$/i.test(path))
    try {
      return jsonBody(text, (template) => reader.template(template, now));
    } catch {
      tell('it is not JSON');
      return NO_BODY;
    }
  const { body, isPartial } = reader.body(text, now);
  if (isPartial) tell('a part of it could not be read as HCL');
  return body;
}

/** `terraform.tfvars` first, then `*.auto.tfvars` by name: what is read later wins. */
const byPrecedence = (a: ParsedFile, b: ParsedFile): number => {
  const [first, second] = [a, b].map(({ path }) => (/\.auto\.tfvars(?:\.json)?$/i.test(path) ? 1 : 0));
  return first! - second! || (a.path < b.path ? -1 : 1);
};

/** Folders that no other calls; of folders that only call each other, all. */
function rootsOf(sources: ReadonlyMap<string, ModuleSource>): ModuleSource[] {
  const callees = (source: ModuleSource): string[] =>
    [...source.calls.values()].flatMap((call) => calledFolder(source.folder, call) ?? []);
  const called = new Set(
    [...sources.values()].flatMap((source) => callees(source).filter((folder) => folder !== source.folder)),
  );
  const roots = [...sources.values()].filter(({ folder }) => !called.has(folder));
  const seen = new Set<string>();
  const visit = (folder: string): void => {
    const source = sources.get(folder);
    if (seen.has(folder) || source === undefined) return;
    seen.add(folder);
    callees(source).forEach(visit);
  };
  roots.forEach(({ folder }) => visit(folder));
  return [...roots, ...[...sources.values()].filter(({ folder }) => !seen.has(folder))];
}

const RESOURCES_MAX = 20_000;

function factsOf(root: Module, unread: readonly Unread[]): TerraformFacts {
  const resources: Record<string, TerraformResource[]> = {};
  const data: Record<string, TerraformResource[]> = {};
  const modules: TerraformModule[] = [];
  const providers: TerraformProvider[] = [];
  const outputs: TerraformOutput[] = [];
  const backends: TerraformProvider[] = [];
  const unknowns: Unread[] = [];
  const folders = new Set<string>();
  let left = RESOURCES_MAX;
  const visit = (module: Module): void => {
    const { source, prefix } = module;
    const isFirst = !folders.has(source.folder);
    folders.add(source.folder);
    for (const [into, blocks, of] of [
      [resources, source.resources, ''],
      [data, source.data, 'data.'],
    ] as const)
      for (const { block, file } of blocks.values())
        for (const { key, scope } of module.instances(block.body)) {
          if (left-- <= 0) return;
          const [type, name] = block.labels as [string, string];
          (into[type] ??= []).push({
            address: `${prefix}${of}${type}.${name}`,
            type,
            name,
            instance: key,
            file,
            line: block.line,
            ...resourceFacts(block, module.values(block.body, scope)),
          });
        }
    for (const [name, { block, file }] of source.calls) {
      const children = module.children(name);
      const version = attributeOf(block.body, 'version')?.value;
      if (isFirst)
        modules.push({
          name,
          source: sourceOf(block),
          version: version?.kind === 'literal' && typeof version.value === 'string' ? version.value : null,
          file,
          line: block.line,
          isRead: children.length > 0,
        });
      if (isFirst && calledFolder(source.folder, { block, file }) === null)
        unknowns.push({ file, line: block.line, what: `module ${name} lies elsewhere: ${sourceOf(block)}` });
      children.forEach(visit);
    }
    for (const [name, { block, file }] of source.outputs) {
      const value = attributeOf(block.body, 'value');
      const sensitive = attributeOf(block.body, 'sensitive')?.value;
      if (isFirst)
        outputs.push({
          name,
          file,
          line: block.line,
          isSensitive: sensitive?.kind === 'literal' && sensitive.value === true,
          references: value === undefined ? [] : [...module.tracked(value).references].sort(),
        });
    }
    for (const [into, blocks] of [
      [providers, source.providers],
      [backends, source.backends],
    ] as const)
      for (const { block, file } of blocks) {
        const { values, secrets } = resourceFacts(block, module.values(block.body, module));
        into.push({ name: block.labels[0] ?? block.type, file, line: block.line, values, secrets });
      }
  };
  visit(root);
  if (left <= 0) unknowns.push({ file: root.source.folder, line: 1, what: 'it has too many resources' });
  unknowns.push(...unread.filter(({ file }) => folders.has(folderOf(file))));
  return {
    kind: 'terraform',
    path: root.source.folder,
    form: 'configuration',
    resources,
    data,
    modules,
    providers,
    outputs,
    backends,
    unknowns,
  };
}
