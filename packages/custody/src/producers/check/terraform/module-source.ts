/** The blocks of one folder of Terraform, as they are written. */
import { attributeOf, type Attribute, type Block, type Body } from './expression.ts';

export interface SourceBlock {
  readonly block: Block;
  readonly file: string;
}

export interface ModuleSource {
  readonly folder: string;
  /** By `type.name`. */
  readonly resources: ReadonlyMap<string, SourceBlock>;
  readonly data: ReadonlyMap<string, SourceBlock>;
  readonly variables: ReadonlyMap<string, SourceBlock>;
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly outputs: ReadonlyMap<string, SourceBlock>;
  readonly calls: ReadonlyMap<string, SourceBlock>;
  readonly providers: readonly SourceBlock[];
  readonly backends: readonly SourceBlock[];
  /** Values of `terraform.tfvars` and `*.auto.tfvars`. */
  readonly given: ReadonlyMap<string, Attribute>;
}

export interface ParsedFile {
  readonly path: string;
  readonly body: Body;
}

/** `tfvars`: in the order in which Terraform reads them; later ones win. */
export function moduleSource(
  folder: string,
  files: readonly ParsedFile[],
  tfvars: readonly ParsedFile[],
): ModuleSource {
  const named = () => new Map<string, SourceBlock>();
  const [resources, data, variables, outputs, calls] = [named(), named(), named(), named(), named()];
  const locals = new Map<string, Attribute>();
  const providers: SourceBlock[] = [];
  const backends: SourceBlock[] = [];
  for (const { path: file, body } of files)
    for (const block of body.blocks) {
      const at = { block, file };
      const [first, second] = block.labels;
      switch (block.type) {
        case 'resource':
          if (first !== undefined && second !== undefined) resources.set(`${first}.${second}`, at);
          break;
        case 'data':
          if (first !== undefined && second !== undefined) data.set(`${first}.${second}`, at);
          break;
        case 'variable':
          if (first !== undefined) variables.set(first, at);
          break;
        case 'output':
          if (first !== undefined) outputs.set(first, at);
          break;
        case 'module':
          if (first !== undefined) calls.set(first, at);
          break;
        case 'provider':
          providers.push(at);
          break;
        case 'locals':
          for (const attribute of block.body.attributes) locals.set(attribute.name, attribute);
          break;
        case 'terraform':
          for (const inner of block.body.blocks)
            if (inner.type === 'backend' || inner.type === 'cloud') backends.push({ block: inner, file });
          break;
        default:
          break; // moved, import, check, removed: nothing is made of them
      }
    }
  const given = new Map<string, Attribute>();
  for (const { body } of tfvars) for (const attribute of body.attributes) given.set(attribute.name, attribute);
  return { folder, resources, data, variables, locals, outputs, calls, providers, backends, given };
}

/** Folder of a module that lies in the repository; null for one from elsewhere. `../` above the root is elsewhere. */
export function calledFolder(folder: string, { block }: SourceBlock): string | null {
  const source = sourceOf(block);
  if (!/^\.\.?(?:\/|$)/.test(source)) return null;
  const parts = folder === '.' ? [] : folder.split('/');
  for (const part of source.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/') || '.';
}

export function sourceOf(block: Block): string {
  const source = attributeOf(block.body, 'source')?.value;
  return source?.kind === 'literal' && typeof source.value === 'string' ? source.value : (source?.text ?? '');
}
