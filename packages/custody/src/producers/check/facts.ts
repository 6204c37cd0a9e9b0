/**
 * What `custody check` knows of one file, or of one folder of Terraform: the input of the rules. Each kind has rules of its
 * own in `policies/check/KIND/`. Lines and columns are from 1.
 */
import type { AirflowFacts } from './airflow/index.ts';
import type { DockerfileFacts } from './dockerfile.ts';
import type { NotebookFacts } from './notebook.ts';
import type { RequirementsFacts } from './requirements.ts';
import type { SecretsFacts } from './secrets.ts';
import type { DbtFacts } from './dbt/facts.ts';
import type { SqlFacts } from './sql/index.ts';
import type { TerraformFacts } from './terraform/index.ts';
import type { WorkflowFacts } from './workflow.ts';

export type Facts =
  | AirflowFacts
  | SecretsFacts
  | NotebookFacts
  | WorkflowFacts
  | DockerfileFacts
  | RequirementsFacts
  | DbtFacts
  | SqlFacts
  | TerraformFacts;
