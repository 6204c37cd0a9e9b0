/** What a command of the shell copies: `aws s3 cp`, `gsutil cp`, `cp`, `wget`, `curl -o`. */
export function commandPlaces(command: string): readonly { readonly from: string; readonly to: string | null }[] {
  const words = command
    .slice(0, 4_000)
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^["']|["']$/g, ''));
  const plain = words.filter((word) => word !== '' && !word.startsWith('-'));
  const copied = (rest: readonly string[]) => (rest.length >= 2 ? [{ from: rest[0]!, to: rest[1]! }] : []);
  const [first, second, third] = plain;
  if (first === 'aws' && second === 's3' && /^(?:cp|mv|sync)$/.test(third ?? '')) return copied(plain.slice(3));
  if (
    (first === 'gsutil' && /^(?:cp|mv|rsync)$/.test(second ?? '')) ||
    (first === 'azcopy' && /^(?:cp|copy|sync)$/.test(second ?? ''))
  )
    return copied(plain.slice(2));
  if (first === 'gcloud' && second === 'storage' && /^(?:cp|mv)$/.test(third ?? '')) return copied(plain.slice(3));
  if (first === 'cp' || first === 'mv') return copied(plain.slice(1));
  if (first !== 'wget' && first !== 'curl') return [];
  const url = plain.find((word) => /^(?:https?|ftp):\/\//.test(word));
  if (url === undefined) return [];
  const named = words[words.findIndex((word) => /^(?:-o|-O|--output|--output-document)$/.test(word)) + 1];
  const isNamed = words.some(
    (word) => /^(?:-o|--output|--output-document)$/.test(word) || (word === '-O' && first === 'wget'),
  );
  const base = url.replace(/[?#].*$/, '').replace(/^.*\//, '');
  const to =
    isNamed && named !== undefined
      ? named
      : first === 'wget' || words.includes('-O') || words.includes('-LO')
        ? base
        : null;
  return [{ from: url, to: to === '' ? null : to }];
}
