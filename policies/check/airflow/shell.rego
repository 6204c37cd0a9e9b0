# METADATA
# title: "A task calls a shell from Python"
# description: "What stands in the arguments is read by a shell, quotes and semicolons too."
# custom:
#   id: AF-015
#   severity: medium
#   fix: "Give `subprocess.run` a list and leave `shell` out."
#   references:
#     - CWE-78
#     - OWASP A03:2021
package custody.check.airflow.shell

findings contains {"line": call.line, "message": sprintf("calls %s with shell=True", [call.name])} if {
	some call in input.calls
	regex.match(`^subprocess\.\w+$|(^|\.)create_subprocess_shell$`, call.name)
	call.args.shell == true
}

findings contains {"line": call.line, "message": sprintf("calls %s", [call.name])} if {
	some call in input.calls
	call.name in {"os.system", "os.popen", "commands.getoutput", "subprocess.getoutput", "subprocess.getstatusoutput", "asyncio.create_subprocess_shell"}
}
