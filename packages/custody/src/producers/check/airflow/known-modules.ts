/**
 * Modules whose source is not in the file, but which Airflow's own example DAGs and those of its providers import: what they
 * make, in Python of ours. A repository's own modules are given by the caller in the same form.
 */
export const KNOWN_MODULES: Readonly<Record<string, string>> = {
  'tests_common.test_utils.watcher': `
from airflow.sdk import task

@task(trigger_rule="one_failed", retries=0)
def watcher():
    pass
`,
  'system.amazon.aws.utils': `
from airflow.sdk import task

ENV_ID_KEY = "ENV_ID"

class SystemTestContextBuilder:
    def add_variable(self, *args, **kwargs):
        return self

    def build(self):
        @task
        def variable_fetcher():
            pass

        return variable_fetcher

@task(trigger_rule="all_done")
def prune_logs(*args, **kwargs):
    pass
`,
};
