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

@task
def split_string(string):
    pass

@task
def get_role_name(arn):
    pass
`,
  'system.amazon.aws.utils.k8s': `
from airflow.providers.standard.operators.bash import BashOperator

def get_describe_pod_operator(*args, **kwargs):
    return BashOperator(task_id="describe_pod", bash_command="")
`,
  'system.amazon.aws.utils.ec2': `
from airflow.sdk import task

@task
def get_latest_ami_id():
    pass

@task
def get_default_vpc_id():
    pass

@task
def create_address_allocation():
    pass

@task
def create_nat_gateway(allocation_id, subnet_id):
    pass

@task
def create_route_table(vpc_id, nat_gateway_id, test_name):
    pass

@task
def create_private_subnets(*args, **kwargs):
    pass

@task(trigger_rule="all_done")
def delete_subnets(subnets):
    pass

@task(trigger_rule="all_done")
def delete_route_table(route_table_id):
    pass

@task(trigger_rule="all_done")
def delete_nat_gateway(nat_gateway_id):
    pass

@task(trigger_rule="all_done")
def remove_address_allocation(allocation_id):
    pass
`,
};
