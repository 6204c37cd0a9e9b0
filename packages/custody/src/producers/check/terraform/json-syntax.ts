/**
 * Configurations in JSON (`.tf.json`, `.tfvars.json`) as the same bodies
 * (https://developer.hashicorp.com/terraform/language/syntax/json).
 */
import type { Attribute, Block, Body, Expression } from './expression.ts';

/** Blocks whose body is under so many labels. */
const LABELS: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  variable: 1,
  output: 1,
  module: 1,
  provider: 1,
  locals: 0,
  terraform: 0,
  backend: 1,
};
/** Maps that are arguments. Of any other object in a resource a block is made: without the provider's schema nobody can tell. */
const MAPS =
  /^(?:tags|tags_all|labels|metadata|variables|parameters|environment_variables|default_arguments|arguments|app_settings|connection_string|triggers|keepers|annotations|user_labels|resource_labels|configuration_overrides|airflow_configuration_options|properties|options)$/;
const DEPTH_MAX = 60;

/** Throws SyntaxError where it is no JSON. `template`: reads `${}` in a string. */
export function jsonBody(text: string, template: (text: string) => Expression): Body {
  const json = JSON.parse(text) as unknown;
  const lines = new Lines(text);
  const reader = new JsonReader(template, lines);
  return reader.body(json, 'top', 0);
}

class JsonReader {
  readonly #template: (text: string) => Expression;
  readonly #lines: Lines;

  constructor(template: (text: string) => Expression, lines: Lines) {
    this.#template = template;
    this.#lines = lines;
  }

  body(json: unknown, within: string, depth: number): Body {
    const attributes: Attribute[] = [];
    const blocks: Block[] = [];
    if (depth < DEPTH_MAX)
      for (const object of objects(json))
        for (const [name, value] of Object.entries(object)) {
          if (name === '//') continue;
          const labels = within === 'top' || within === 'terraform' ? LABELS[name] : undefined;
          if (labels !== undefined) blocks.push(...this.#labelled(name, value, labels, [], depth));
          else if (isBlock(within, name, value))
            for (const one of objects(value))
              blocks.push({
                type: name,
                labels: [],
                line: this.#lines.of(name),
                body: this.body(one, 'block', depth + 1),
              });
          else attributes.push({ name, line: this.#lines.of(name), value: this.#expression(value, depth + 1) });
        }
    return { attributes, blocks };
  }

  #labelled(type: string, json: unknown, left: number, labels: readonly string[], depth: number): Block[] {
    if (left === 0)
      return objects(json).map((one) => ({
        type,
        labels,
        line: this.#lines.of(labels.at(-1) ?? type),
        body: this.body(one, BLOCKS.has(type) ? 'block' : type, depth + 1),
      }));
    return objects(json).flatMap((object) =>
      Object.entries(object).flatMap(([label, value]) =>
        this.#labelled(type, value, left - 1, [...labels, label], depth),
      ),
    );
  }

  #expression(json: unknown, depth: number): Expression {
    const text = '';
    if (depth >= DEPTH_MAX) return { kind: 'unread', text };
    if (typeof json === 'string') return this.#template(json);
    if (Array.isArray(json))
      return { kind: 'list', items: json.map((item) => this.#expression(item, depth + 1)), text };
    if (typeof json === 'object' && json !== null)
      return {
        kind: 'object',
        entries: Object.entries(json).map(([key, value]) => [this.#template(key), this.#expression(value, depth + 1)]),
        text,
      };
    return { kind: 'literal', value: typeof json === 'number' || typeof json === 'boolean' ? json : null, text };
  }
}

const BLOCKS = new Set(['resource', 'data', 'provider', 'backend']);

const objects = (json: unknown): Record<string, unknown>[] =>
  (Array.isArray(json) ? json : [json]).filter(
    (one): one is Record<string, unknown> => typeof one === 'object' && one !== null && !Array.isArray(one),
  );

const isBlock = (within: string, name: string, value: unknown): boolean =>
  within === 'block' &&
  !MAPS.test(name) &&
  (Array.isArray(value) ? value.length > 0 && objects(value).length === value.length : objects(value).length > 0);

/** Lines on which keys stand: the next one of a name, as they come. */
class Lines {
  readonly #at = new Map<string, number[]>();

  constructor(text: string) {
    let line = 1;
    for (const found of text.matchAll(/\n|"((?:[^"\\\n]|\\.)*)"(?=\s{0,100}:)/g))
      if (found[0] === '\n') line++;
      else this.#at.set(found[1]!, [...(this.#at.get(found[1]!)?.slice(-5_000) ?? []), line]);
    for (const lines of this.#at.values()) lines.reverse();
  }

  of(name: string): number {
    const lines = this.#at.get(name);
    return (lines !== undefined && lines.length > 1 ? lines.pop() : lines?.[0]) ?? 1;
  }
}
