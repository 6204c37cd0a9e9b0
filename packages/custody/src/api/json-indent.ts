/** JSON text laid out with two spaces; digits of numbers stay as they are. The text must be JSON. */
export function indented(text: string): string {
  let out = '';
  let level = 0;
  const line = (): string => `\n${'  '.repeat(level)}`;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '"') {
      const start = i++;
      while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
      out += text.slice(start, i + 1);
    } else if (c === '{' || c === '[') {
      const close = text[i + 1];
      if (close === '}' || close === ']') {
        out += c + close;
        i++;
      } else {
        level++;
        out += c + line();
      }
    } else if (c === '}' || c === ']') {
      level--;
      out += line() + c;
    } else if (c === ',') out += c + line();
    else if (c === ':') out += ': ';
    else if (!/\s/.test(c)) out += c;
  }
  return out;
}
