# What rules about commands share: what attacks on builds and notebooks have done, and nothing else does.
package custody.commands

# What it is about a command that is known from attacks; one of them is enough.
suspicions(text) := {what |
	some what, pattern in {
		"it decodes text and runs it": `base64\s+(-d|-D|--decode)[^\n;]*\|\s*(sudo\s+)?((ba|z|da|k)?sh|python3?|perl|node)\b|\beval\b[^\n;]{0,80}(base64|b64decode|atob)|\bexec\s*\([^\n;]{0,80}(base64|b64decode|fromhex|zlib\.decompress)`,
		"it opens a shell to another host": `/dev/(tcp|udp)/[^\n]*[01]?[<>]&[01]|\bn(c|cat|etcat)\b[^\n|;]*\s-[a-z]*[ec]\s|\bsocat\b[^\n|;]*\bexec:|\b(bash|sh)\s+-i\s*[>&]|import\s+(socket|pty)[^\n]*(dup2|pty\.spawn)|\bmkfifo\b[^\n]*\bnc\b`,
		"it sends what it has to a place for dumping": `\b(curl|wget|requests\.post|Invoke-WebRequest|nc)\b[^\n;]*(webhook\.site|requestbin|pipedream\.net|\.ngrok(-free)?\.(io|app|dev)|transfer\.sh|\boast\.\w+|interact\.sh|burpcollaborator|pastebin\.com)`,
		"it sends the environment away": `\b(env|printenv|set)\b\s*\|[^\n;]*\b(curl|wget|nc|base64)\b|/proc/(self|\d+|\*|\$\{?\w+\}?)/environ`,
		"it reads the memory of the runner": `Runner\.Worker|/proc/[^\s/]{1,40}/(mem|maps)\b|\bgcore\b|\bprocdump\b`,
		"it reads keys of the machine": `(cat|cp|tar|zip|curl[^\n]*(-d|-F|--data\S*|-T)\s*@?)\s[^\n;|]*(~|\$HOME|/root|/home/[\w.-]+)/\.(ssh/id_|aws/credentials|netrc|docker/config\.json|kube/config|config/gcloud)`,
		"it mines coins": `\bxmrig\b|stratum\+(tcp|ssl)://|\bminerd\b|\bcpuminer\b|nicehash`,
		"it switches off what watches the machine": `\b(systemctl|service)\s+(stop|disable)\s+(auditd|falco\w*|osqueryd?|crowdstrike\S*|falcon-sensor|harden-runner\S*)|setenforce\s+0|\bhistory\s+-c\b|unset\s+HISTFILE`,
	}
	regex.match(pattern, text)
}
