/** YAML with the lines of what is in it, read within bounds. */
import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node, type YAMLMap } from 'yaml';
import { yamlDocument } from '../yaml-document.ts';

const TEXT_MAX = 1_000_000;
/** The parser takes some 30 µs a line. */
const LINES_MAX = 30_000;
const ALIASES_MAX = 100;

/** A mapping in a file. */
export class YamlMap {
  readonly line: number;
  readonly #map: YAMLMap;
  readonly #file: YamlFile;

  constructor(map: YAMLMap, file: YamlFile) {
    this.#map = map;
    this.#file = file;
    this.line = file.lineOf(map);
  }

  #node(key: string): Node | null {
    const node = this.#map.get(key, true) as Node | undefined;
    return node === undefined ? null : this.#file.resolved(node);
  }

  /** Null where it is no text; numbers and booleans are as they are written. */
  text(key: string): string | null {
    const node = this.#node(key);
    return isScalar(node) && node.value !== null && node.value !== undefined && node.value !== ''
      ? String(node.value)
      : null;
  }

  map(key: string): YamlMap | null {
    const node = this.#node(key);
    return isMap(node) ? new YamlMap(node, this.#file) : null;
  }

  /** The mappings of a list. */
  maps(key: string): YamlMap[] {
    const node = this.#node(key);
    if (!isSeq(node)) return [];
    return node.items.flatMap((item) => {
      const one = this.#file.resolved(item as Node);
      return isMap(one) ? [new YamlMap(one, this.#file)] : [];
    });
  }

  lineOf(key: string): number {
    const pair = this.#map.items.find(({ key: name }) => isScalar(name) && name.value === key);
    return pair === undefined ? this.line : this.#file.lineOf(pair.key);
  }

  keys(): string[] {
    return this.#map.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
  }

  /** As JSON; undefined where it is not there, or too much. */
  json(key: string): unknown {
    return this.#file.json(this.#node(key));
  }
}

export class YamlFile {
  readonly root: YamlMap | null;
  /** Why it was not read. */
  readonly unread: string | null;
  readonly #lines: LineCounter | null;
  readonly #document: Document | null;

  constructor(text: string) {
    const read = readable(text);
    const [document, lines] = 'unread' in read ? [null, null] : [read.document, read.lines];
    this.#document = document;
    this.#lines = lines;
    const contents = document?.contents ?? null;
    this.unread = 'unread' in read ? read.unread : contents === null || isMap(contents) ? null : 'it is no mapping';
    this.root = isMap(contents) ? new YamlMap(contents, this) : null;
  }

  lineOf(node: unknown): number {
    const range = (node as Node | null)?.range;
    return range && this.#lines !== null ? this.#lines.linePos(range[0]).line : 1;
  }

  resolved(node: Node): Node | null {
    return isAlias(node) && this.#document !== null
      ? ((node.resolve(this.#document) as Node | undefined) ?? null)
      : node;
  }

  json(node: Node | null): unknown {
    if (node === null || this.#document === null) return undefined;
    try {
      return node.toJS(this.#document, { maxAliasCount: ALIASES_MAX }) as unknown;
    } catch {
      return undefined; // aliases that multiply
    }
  }
}

function readable(text: string): ReturnType<typeof yamlDocument> {
  if (text.length > TEXT_MAX) return { unread: 'it is larger than a megabyte' };
  if (linesIn(text) > LINES_MAX) return { unread: `it has more than ${LINES_MAX} lines` };
  // dbt reads YAML 1.1: `yes` is true, and `<<` merges.
  return yamlDocument(text, '1.1');
}

function linesIn(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0 && count <= LINES_MAX; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
