/**
 * Which types of resources a rule on Terraform is about, from its text: of hundreds of rules, a configuration concerns a few.
 */

/** Comments and metadata say nothing of what a rule reads. */
const COMMENT = /(?:^|\s)#.*$/gm;
/** From a rule's head to the next line that begins at the margin. */
const FINDING = /^findings contains [^]*?(?=^[^\s}]|(?![^]))/gm;
/** A line of the body itself, not of something in it: without such a resource there is no finding. */
const NEEDS_ONE = /(?:^\t|if \{ )some \w+(?:, \w+)? in (?:input\.(?:resources|data)\.[a-z]|tf\.resources\()/m;
const WORD = /\b[a-z][a-z0-9]*_[a-z0-9_]+\b/g;

/**
 * All words that may be a type. Null for a rule that may find something without a resource of a type that it names, which has
 * to be asked always: one that says that something is missing, or goes over all types.
 */
export function resourceTypesIn(text: string): ReadonlySet<string> | null {
  const code = text.replace(COMMENT, '');
  const findings = code.match(FINDING) ?? [];
  if (findings.length === 0 || !findings.every((finding) => NEEDS_ONE.test(finding))) return null;
  return new Set(code.match(WORD) ?? []);
}

/** Types of the resources and data sources that facts hold; null for facts that have none. */
export function typesOf(facts: object): ReadonlySet<string> | null {
  const { resources, data } = facts as { resources?: unknown; data?: unknown };
  if (typeof resources !== 'object' || resources === null) return null;
  return new Set([...Object.keys(resources), ...(typeof data === 'object' && data !== null ? Object.keys(data) : [])]);
}
