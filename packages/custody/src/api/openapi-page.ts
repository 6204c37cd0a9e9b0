/** A page to read the API by, made from the OpenAPI document: plain HTML, no script, nothing fetched. */
interface Document {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses?: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export function openApiPage(document: unknown): string {
  const { info, paths, components } = document as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'Other'))];
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => (operation.tags?.[0] ?? 'Other') === tag);
    return `<section><h2>${text(tag)}</h2>${own.map(operationHtml).join('')}</section>`;
  });
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<article id="schema-${text(name)}"><h3>${text(name)}</h3>${paragraph(schema.description)}${propertiesHtml(schema)}</article>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(info.title)} API</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${text(info.title)} API ${text(info.version)}</h1>
${paragraph(info.description)}
<p>The same as a document for machines: <a href="/openapi.json">/openapi.json</a></p>
${sections.join('\n')}
<section><h2>Schemas</h2>${schemas.join('\n')}</section>
</main>
</body>
</html>`;
}

function operationHtml({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: where, required, description, schema }) =>
      `<tr><td><code>${text(name)}</code></td><td>${text(where)}${required ? ', required' : ''}</td><td>${typeHtml(schema)}${
        schema?.default === undefined ? '' : `, default <code>${text(JSON.stringify(schema.default))}</code>`
      }</td><td>${text(description ?? schema?.description ?? '')}</td></tr>`,
  );
  const responses = Object.entries(operation.responses ?? {}).map(
    ([status, { description, content }]) =>
      `<tr><td><code>${text(status)}</code></td><td>${text(description ?? '')}</td><td>${contentHtml(content)}</td></tr>`,
  );
  return `<article><h3><code>${text(method.toUpperCase())} ${text(path)}</code></h3>
${paragraph(operation.summary)}${paragraph(operation.description)}
${operation.requestBody?.content ? `<p>Body: ${contentHtml(operation.requestBody.content)}</p>` : ''}
${parameters.length > 0 ? table(['Parameter', 'In', 'Type', 'Meaning'], parameters) : ''}
${table(['Status', 'Meaning', 'Answer'], responses)}</article>`;
}

const contentHtml = (content: Content | undefined): string =>
  Object.entries(content ?? {})
    .map(([media, { schema }]) => `<code>${text(media)}</code> ${typeHtml(schema)}`)
    .join(', ');

function propertiesHtml(schema: Schema): string {
  const parts = schema.allOf ?? [schema];
  const rows = parts.flatMap((part) => [
    ...(part.$ref ? [`<tr><td colspan="3">everything of ${typeHtml(part)}</td></tr>`] : []),
    ...Object.entries(part.properties ?? {}).map(
      ([name, property]) =>
        `<tr><td><code>${text(name)}</code></td><td>${typeHtml(property)}</td><td>${text(property.description ?? '')}</td></tr>`,
    ),
  ]);
  return rows.length > 0 ? table(['Member', 'Type', 'Meaning'], rows) : '';
}

function typeHtml(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.$ref) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    return `<a href="#schema-${text(name)}">${text(name)}</a>`;
  }
  if (schema.enum) return schema.enum.map((value) => `<code>${text(String(value))}</code>`).join(' | ');
  if (schema.anyOf) return schema.anyOf.map(typeHtml).join(' | ');
  if (schema.items) return `list of ${typeHtml(schema.items)}`;
  if (schema.properties) return `{ ${Object.keys(schema.properties).map(text).join(', ')} }`;
  return text(Array.isArray(schema.type) ? schema.type.join(' | ') : String(schema.type ?? 'any'));
}

const table = (heads: readonly string[], rows: readonly string[]): string =>
  `<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;

const paragraph = (value: string | undefined): string => (value ? `<p>${text(value)}</p>` : '');

const text = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1c1d22, #ececf0); --ink-2: light-dark(#5c5f69, #a5a8b3); --line: light-dark(#e4e5e9, #2d2f36); --bg: light-dark(#fbfbfc, #101114); --accent: light-dark(#2f4fc7, #93aefc); }
body { margin: 0; background: var(--bg); color: var(--ink); font: 13px/1.5 system-ui, sans-serif; }
main { max-width: 1000px; margin: 0 auto; padding: 24px; }
h1 { font-size: 20px; } h2 { font-size: 15px; margin-top: 40px; border-bottom: 1px solid var(--line); padding-bottom: 8px; } h3 { font-size: 13px; margin: 24px 0 4px; }
p { color: var(--ink-2); margin: 4px 0; } a { color: var(--accent); } code { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin-top: 8px; } th { text-align: left; color: var(--ink-2); font-weight: 500; } th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
`;
