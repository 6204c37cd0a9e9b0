# METADATA
# title: "A task runs an image that can change"
# description: "A tag is moved by whoever may push: the same DAG runs other code tomorrow."
# custom:
#   id: AF-017
#   severity: medium
#   fix: "Name the image by digest (`image@sha256:...`)."
#   references:
#     - CWE-1357
#     - OWASP A08:2021
#     - MITRE ATLAS AML.T0010
#     - CIS Docker 4.2
package custody.check.airflow.unpinned_image

findings contains {"line": task.line, "resource": task.task_id, "message": sprintf("%s runs %s, which is not named by digest", [task.task_id, image])} if {
	some dag in input.dags
	some task in dag.tasks
	regex.match(`Kubernetes|Docker|GKE|EksPod|ECS|Ecs|CloudRun|ContainerInstances|BatchOperator`, task.operator)
	some name in ["image", "container_image", "image_uri"]
	image := task.args[name]
	is_string(image)
	image != ""
	not contains(image, "@sha256:")
	not regex.match(`^\{[^{}]*\}$|^\{\{.*\}\}$`, image)
}
