# METADATA
# title: "A notebook unpickles what comes from the network"
# description: "A pickle runs what is written in it: whoever can write the file runs code in the notebook."
# custom:
#   id: NB-012
#   severity: high
#   fix: "Load safetensors, ONNX, JSON or Parquet, and check the signature of what is loaded."
#   references:
#     - CWE-502
#     - OWASP A08:2021
#     - MITRE ATLAS AML.T0011
package custody.check.notebook.remote_pickle

findings contains {"line": read.line, "message": sprintf("%s of %s", [read.by, origin])} if {
	some read in input.reads
	unpickles(read)
	some origin in origins(read.place)
	is_remote(origin)
}

unpickles(read) if {
	regex.match(`^(c?[pP]ickle|_pickle|dill|cloudpickle|joblib)\.loads?$|(^|\.)read_pickle$`, read.by)
}

# `torch.load` with `weights_only=True` makes tensors alone.
unpickles(read) if {
	read.by == "torch.load"
	not loads_weights_only(read.line)
}

loads_weights_only(line) if {
	some call in input.calls
	call.name == "torch.load"
	call.line == line
	call.args.weights_only == true
}

# The place, and what the notebook copied there.
origins(place) := {place} | {flow.from | some flow in input.flows; flow.to == place}

is_remote(place) if regex.match(`^[A-Za-z][\w+.-]*://`, place)
