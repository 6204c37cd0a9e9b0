/** One case of a test set, answered: how the detector is scored by machines. */
import { detect, detectType } from './detect.ts';
import type { Finding } from './finding.ts';

interface ScanCase {
  readonly id?: unknown;
  readonly text?: unknown;
  readonly text_b64?: unknown;
  /** This type alone, each candidate that is not refuted. */
  readonly type?: unknown;
  /** The file's name. */
  readonly path?: unknown;
}

/**
 * Takes `{"id", "text"}` as JSON, with `type` and `path` if the case has them, and gives `{"id", "spans"}`. Offsets are
 * Unicode code points, end exclusive. A host name in a URL is a span of its own, DOMAIN_NAME.
 */
export function scanCaseLine(line: string, n: number): string {
  const { id = n, text, text_b64: encoded, type, path } = JSON.parse(line) as ScanCase;
  const body =
    typeof text === 'string'
      ? text
      : typeof encoded === 'string'
        ? Buffer.from(encoded, 'base64').toString('utf8')
        : '';
  const found =
    typeof type === 'string'
      ? detectType(body, type)
      : detect(body, { isThorough: true, ...(typeof path === 'string' && path !== '' && { path }) });
  const spans = [...found, ...found.flatMap((one) => hostOf(body, one))];
  const pointOf = codePoints(body);
  return JSON.stringify({
    id,
    spans: spans.map(({ start, end, type: name, family, confidence, rule }) => ({
      type: name,
      family,
      start: pointOf(start),
      end: pointOf(end),
      confidence: Math.round(confidence * 100) / 100,
      rule,
    })),
  });
}

function hostOf(text: string, { type, start, end }: Finding): Finding[] {
  const host = type === 'URL' ? /^https?:\/\/([^/?#:]+)/i.exec(text.slice(start, end)) : null;
  if (!host) return [];
  const from = start + host[0].length - host[1]!.length;
  return [
    {
      type: 'DOMAIN_NAME',
      family: 'personal',
      confidence: 0.9,
      rule: 'url-host',
      start: from,
      end: start + host[0].length,
    },
  ];
}

/** From UTF-16 units to code points. */
function codePoints(text: string): (unit: number) => number {
  if (!/[\uD800-\uDBFF]/.test(text)) return (unit) => unit;
  const points = new Uint32Array(text.length + 1);
  let point = 0;
  for (let i = 0; i < text.length;) {
    const size = text.codePointAt(i)! > 0xffff ? 2 : 1;
    points[i] = point;
    if (size === 2) points[i + 1] = point;
    i += size;
    points[i] = ++point;
  }
  return (unit) => points[unit]!;
}
