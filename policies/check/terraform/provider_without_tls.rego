# METADATA
# title: "A provider does not look at certificates"
# description: "Whoever stands in between gets the credentials of the platform."
# custom:
#   id: TF-004
#   severity: high
#   fix: "Take the argument out; give the authority's certificate where it is one of your own."
#   references:
#     - CWE-295
package custody.check.terraform.provider_without_tls

findings contains {"file": provider.file, "line": provider.line, "resource": concat(".", ["provider", provider.name]), "message": sprintf("%s is true", [argument])} if {
	some provider in input.providers
	some argument in ["insecure", "skip_tls_verify", "tls_insecure", "insecure_skip_verify", "disable_ssl", "allow_unverified_ssl"]
	provider.values[argument] == true
}

findings contains {"file": provider.file, "line": provider.line, "resource": concat(".", ["provider", provider.name]), "message": sprintf("%s goes over plain HTTP", [address])} if {
	some provider in input.providers
	walk(provider.values, [_, address])
	is_string(address)
	startswith(address, "http://")
	not regex.match(`^http://(localhost|127\.0\.0\.1|\[::1\])([:/]|$)`, address)
}
