# METADATA
# title: "A package that is known to be malicious"
# description: "Installing it runs the attacker's code with all that the build or the notebook may do."
# custom:
#   id: REQ-005
#   severity: critical
#   fix: "Take it out, install what was meant, and withdraw every secret of the machines that had it."
#   references:
#     - CWE-506
#     - MITRE ATT&CK T1195.001
#     - MITRE ATLAS AML.T0010
#     - OWASP LLM03:2025
package custody.check.requirements.malicious

# Names that only attackers published, on PyPI.
pip_names := {"jeilyfish", "python3-dateutil", "colourama", "libpeshnx", "libpesh", "torchtriton", "acqusition", "apidev-coop", "bzip", "crypt", "django-server", "pwd", "setup-tools", "telnet", "urlib3", "urllib", "diango", "djago", "dajngo", "djanga", "mumpy", "pytz3-dev", "noblesse", "genesisbot", "pptest", "ipboards", "mateplotlib", "termncolor", "sisaws", "secmeasure", "colorinal", "dbgpkg", "aiocpa", "fabrice", "disgrasya", "deepseeek", "deepseekai"}

# Versions of honest packages that attackers released: PyPI.
pip_versions := {
	"ctx": {"0.1.2", "0.2.2", "0.2.6"},
	"ultralytics": {"8.3.41", "8.3.42", "8.3.45", "8.3.46"},
	"num2words": {"0.5.15", "0.5.16"},
}

# The same of npm.
npm_names := {"flatmap-stream", "crossenv", "cross-env.js", "mongose", "mysqljs", "node-fabric", "node-opencv", "node-opensl", "node-openssl", "node-sqlite", "node-tkinter", "nodecaffe", "nodefabric", "nodeffmpeg", "nodemailer-js", "nodemssql", "noderequest", "nodesass", "nodesqlite", "opencv.js", "openssl.js", "proxy.js", "shadowsock", "smb", "sqlite.js", "sqliter", "sqlserver", "tkinter", "d3.js", "fabric-js", "ffmepg", "gruntcli", "http-proxy.js", "jquery.js", "peacenotwar", "discord.dll", "twilio-npm", "plutov-slack-client", "nodetest199", "nodetest1010", "warbeast2000", "kodiak2k"}

npm_versions := {
	"event-stream": {"3.3.6"},
	"eslint-scope": {"3.7.2"},
	"ua-parser-js": {"0.7.29", "0.8.0", "1.0.0"},
	"coa": {"2.0.3", "2.0.4", "2.1.1", "2.1.3", "3.0.1", "3.1.3"},
	"rc": {"1.2.9", "1.3.9", "2.3.9"},
	"node-ipc": {"10.1.1", "10.1.2"},
	"colors": {"1.4.1", "1.4.2", "1.4.44-liberty-2"},
	"faker": {"6.6.6"},
	"chalk": {"5.6.1"},
	"debug": {"4.4.2"},
	"ansi-styles": {"6.2.2"},
	"ansi-regex": {"6.2.1"},
	"strip-ansi": {"7.1.1"},
	"color-convert": {"3.1.1"},
	"color-name": {"2.0.1"},
	"is-arrayish": {"0.3.3"},
	"error-ex": {"1.3.3"},
	"wrap-ansi": {"9.0.1"},
	"supports-color": {"10.2.1"},
	"xrpl": {"2.14.2", "4.2.1", "4.2.2", "4.2.3", "4.2.4"},
	"@solana/web3.js": {"1.95.6", "1.95.7"},
	"rand-user-agent": {"1.0.110", "2.0.83", "2.0.84"},
	"@ledgerhq/connect-kit": {"1.1.5", "1.1.6", "1.1.7"},
	"@lottiefiles/lottie-player": {"2.0.5", "2.0.6", "2.0.7"},
}

known := {
	"pip": {"names": pip_names, "versions": pip_versions},
	"npm": {"names": npm_names, "versions": npm_versions},
}

# Names of PyPI are one, however they are written.
named(requirement, "npm") := requirement.name

named(requirement, "pip") := regex.replace(lower(requirement.name), `[-_.]+`, "-")

findings contains {"line": requirement.line, "resource": requirement.name, "message": sprintf("%s is the name of a malicious package", [requirement.name])} if {
	some requirement in input.requirements
	named(requirement, input.ecosystem) in known[input.ecosystem].names
}

findings contains {"line": requirement.line, "resource": requirement.name, "message": sprintf("%s%s was released by attackers", [requirement.name, requirement.specifier])} if {
	some requirement in input.requirements
	versions := known[input.ecosystem].versions[named(requirement, input.ecosystem)]
	trim_left(requirement.specifier, "=") in versions
}
