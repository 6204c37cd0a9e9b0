# METADATA
# title: "A task loads what can run code"
# description: "A pickle runs what is written in it: whoever can write the file runs code in the worker."
# custom:
#   id: AF-013
#   severity: high
#   fix: "Load JSON, Parquet or safetensors, and check the signature of what is loaded."
#   references:
#     - CWE-502
#     - OWASP A08:2021
#     - MITRE ATLAS AML.T0011
package custody.check.airflow.unpickling

findings contains {"line": call.line, "message": sprintf("calls %s", [call.name])} if {
	some call in input.calls
	regex.match(`^(c?[pP]ickle|_pickle|dill|cloudpickle|joblib|marshal|shelve|jsonpickle)\.(load|loads|open|decode|Unpickler)$|(^|\.)read_pickle$`, call.name)
}

findings contains {"line": call.line, "message": "calls torch.load without weights_only=True"} if {
	some call in input.calls
	call.name == "torch.load"
	object.get(call.args, "weights_only", false) != true
}

findings contains {"line": call.line, "message": sprintf("calls %s with a loader that makes objects", [call.name])} if {
	some call in input.calls
	call.name in {"yaml.load", "yaml.load_all", "yaml.unsafe_load", "yaml.full_load"}
	not regex.match(`Safe(Loader|ConstructorLoader)`, json.marshal(call.args))
}
