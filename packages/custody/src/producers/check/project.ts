/** Facts of files that say something only together: a configuration of Terraform. */
import type { Facts } from './facts.ts';
import { isTerraform, terraformIn } from './terraform/index.ts';

const BYTES_MAX = 200_000_000;

/** Texts of such files, bounded. */
export class ProjectFiles {
  readonly texts = new Map<string, string>();
  readonly left: { readonly path: string; readonly reason: string }[] = [];
  #size = 0;

  static wants(path: string): boolean {
    return isTerraform(path);
  }

  add(path: string, text: string | { readonly reason: string }): void {
    if (typeof text !== 'string') return; // told when it was read alone
    this.#size += text.length;
    if (this.#size > BYTES_MAX)
      this.left.push({ path, reason: 'too much belongs together: it was read alone, not as a part of its project' });
    else this.texts.set(path, text);
  }
}

export const projectFacts = (files: ReadonlyMap<string, string>): Promise<Facts[]> => terraformIn(files);
