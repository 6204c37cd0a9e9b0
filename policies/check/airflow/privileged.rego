# METADATA
# title: "A task's container has the rights of its host"
# description: "Whoever gets into the container is on the host, and in what the other containers hold."
# custom:
#   id: AF-018
#   severity: high
#   fix: "Leave out `privileged`, host namespaces and the Docker socket; add the one capability that is needed."
#   references:
#     - CWE-250
#     - CIS Kubernetes 5.2.1
#     - NIST SP 800-190 4.4
package custody.check.airflow.privileged

findings contains {"line": task.line, "resource": task.task_id, "message": sprintf("%s sets %s", [task.task_id, name])} if {
	some dag in input.dags
	some task in dag.tasks
	walk(task.args, [path, value])
	value == true
	name := path[count(path) - 1]
	name in {"privileged", "hostnetwork", "host_network", "host_pid", "host_ipc", "hostPID", "hostIPC", "hostNetwork", "allow_privilege_escalation", "allowPrivilegeEscalation"}
}

findings contains {"line": task.line, "resource": task.task_id, "message": sprintf("%s mounts the Docker socket", [task.task_id])} if {
	some dag in input.dags
	some task in dag.tasks
	regex.match(`Kubernetes|Docker|GKE|EksPod`, task.operator)
	contains(json.marshal(object.remove(task.args, ["docker_url"])), "/docker.sock")
}
