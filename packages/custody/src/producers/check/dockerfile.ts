/** Dockerfiles as instructions (https://docs.docker.com/reference/dockerfile/): continued lines joined, here-documents kept apart. */
export interface Instruction {
  readonly line: number;
  /** In capitals: FROM, RUN, COPY. */
  readonly name: string;
  /** The rest of the instruction, continued lines joined by a space. */
  readonly value: string;
}

export interface BaseImage {
  readonly line: number;
  /** As it is written, `${ARG}` replaced where the argument has a default. */
  readonly image: string;
  readonly tag: string | null;
  readonly digest: string | null;
  /** Name of an earlier stage, or `scratch`. */
  readonly isStage: boolean;
  /** An argument without a default is in it. */
  readonly isUnknown: boolean;
}

export interface DockerfileFacts {
  readonly kind: 'dockerfile';
  readonly path: string;
  readonly instructions: readonly Instruction[];
  readonly images: readonly BaseImage[];
  /** The user that the last stage ends with; null where it is never set, which is root. */
  readonly user: string | null;
}

const INSTRUCTIONS_MAX = 10_000;
/** No name of an image is longer. */
const IMAGE_CHARS_MAX = 2_000;

export function dockerfileIn(path: string, text: string): DockerfileFacts {
  const instructions = instructionsIn(text);
  const defaults = new Map<string, string>();
  const stages = new Set(['scratch']);
  const images: BaseImage[] = [];
  let user: string | null = null;
  for (const { name, value, line } of instructions) {
    if (name === 'ARG') {
      const [, key, fallback] = /^(\w+)=(.*)$/.exec(value) ?? [];
      if (key !== undefined) defaults.set(key, unquoted((fallback ?? '').slice(0, IMAGE_CHARS_MAX)));
    }
    if (name === 'USER') user = value;
    if (name !== 'FROM') continue;
    user = null;
    const words = value
      .slice(0, IMAGE_CHARS_MAX)
      .split(/\s+/)
      .filter((word) => !word.startsWith('--'));
    let isUnknown = false;
    const filled = (words[0] ?? '').replace(
      /\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g,
      (_, braced?: string, fallback?: string, bare?: string) => {
        const known = defaults.get((braced ?? bare)!) ?? fallback;
        if (known === undefined) isUnknown = true;
        return known ?? '';
      },
    );
    const image = filled.slice(0, IMAGE_CHARS_MAX);
    const [named, digest = null] = image.split('@') as [string, string?];
    const tag = /:([^:/]+)$/.exec(named)?.[1] ?? null;
    images.push({ line, image, tag, digest, isStage: stages.has(image), isUnknown });
    if (/^as$/i.test(words[1] ?? '') && words[2]) stages.add(words[2]);
  }
  return { kind: 'dockerfile', path, instructions, images, user };
}

const unquoted = (text: string): string => text.replace(/^(["'])(.*)\1$/, '$2');

function instructionsIn(text: string): Instruction[] {
  const lines = text.split(/\r?\n/);
  const found: Instruction[] = [];
  for (let i = 0; i < lines.length && found.length < INSTRUCTIONS_MAX; i++) {
    const start = /^\s*([a-z]+)\s+(.*)$/i.exec(lines[i]!);
    if (!start || /^\s*#/.test(lines[i]!)) continue;
    const line = i + 1;
    const parts: string[] = [];
    for (let part = start[2]!; ; part = lines[i]!) {
      const isContinued = /\\\s*$/.test(part);
      // A comment between continued lines is left out, as Docker does.
      if (!/^\s*#/.test(part) || parts.length === 0) parts.push(part.replace(/\\\s*$/, '').trim());
      const isComment = /^\s*#/.test(part) && parts.length > 0;
      if (!(isContinued || isComment) || i + 1 >= lines.length) break;
      i++;
    }
    const value = parts.join(' ').trim();
    // What a here-document holds is a script of the instruction, not instructions.
    const here = /<<-?\s*["']?(\w+)["']?/.exec(value);
    const body: string[] = [];
    if (here && /^(?:RUN|COPY|ADD)$/i.test(start[1]!)) {
      while (i + 1 < lines.length && lines[i + 1]!.trim() !== here[1]) body.push(lines[++i]!);
      i++;
    }
    found.push({ line, name: start[1]!.toUpperCase(), value: [value, ...body].join('\n') });
  }
  return found;
}
