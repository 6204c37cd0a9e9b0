/**
 * What `custody check` knows of one Terraform configuration (a folder that no other folder of the repository calls, with the
 * modules below it) or of one plan: the input of the rules in `policies/check/terraform/`.
 */

/** JSON. A block is a list of objects, whatever their number; what the files do not say stands as a string `${expression}`. */
export type FactValue = boolean | number | string | readonly FactValue[] | { readonly [name: string]: FactValue };
export type FactObject = { readonly [name: string]: FactValue };

export interface TerraformResource {
  /** `module.lake.aws_s3_bucket.raw`: without `[0]` or `["key"]`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Key of the instance where there are several: `[0]`, `["raw"]`; empty otherwise. */
  readonly instance: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Arguments and blocks; null and missing are the same, `"true"` is true, and a literal where a secret belongs is `***`. */
  readonly values: FactObject;
  /** Lines of arguments and blocks by dotted name: `versioning`, `versioning.enabled`. */
  readonly lines: Readonly<Record<string, number>>;
  /** Addresses of what an argument or block refers to, through locals, variables and modules. */
  readonly references: Readonly<Record<string, readonly string[]>>;
  /** Secrets that stand in its arguments, never what they are. */
  readonly secrets: readonly { readonly attribute: string; readonly type: string; readonly line: number }[];
}

export interface TerraformModule {
  readonly name: string;
  readonly source: string;
  readonly version: string | null;
  readonly file: string;
  readonly line: number;
  /** It lies in the repository, and was read. */
  readonly isRead: boolean;
}

export interface TerraformProvider {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly values: FactObject;
  readonly secrets: TerraformResource['secrets'];
}

export interface TerraformOutput {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly isSensitive: boolean;
  readonly references: readonly string[];
}

export interface TerraformFacts {
  readonly kind: 'terraform';
  /** The folder (`.` for the root of the repository), or the file of a plan. */
  readonly path: string;
  readonly form: 'configuration' | 'plan';
  /** By type. */
  readonly resources: Readonly<Record<string, readonly TerraformResource[]>>;
  readonly data: Readonly<Record<string, readonly TerraformResource[]>>;
  readonly modules: readonly TerraformModule[];
  readonly providers: readonly TerraformProvider[];
  readonly outputs: readonly TerraformOutput[];
  readonly backends: readonly TerraformProvider[];
  /** What is not known because it could not be read. */
  readonly unknowns: readonly { readonly file: string; readonly line: number; readonly what: string }[];
}
