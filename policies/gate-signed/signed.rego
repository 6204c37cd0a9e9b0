# METADATA
# title: What comes through a door must be signed
# description: Each artifact at the ingest, train or deploy door has a signature in the log by somebody who may sign for that door. Who may stands in data.signers; what is signed comes from the log and not from whoever asks.
package gate.signed

# What vouches for bytes: a signature of a model's files, or of a dataset's manifest, which names its files.
kinds := {"model", "dataset"}

default allow := false

allow if {
	count(input.artifacts) > 0
	count(deny) == 0
}

deny contains msg if {
	some artifact in input.artifacts
	not well_formed(artifact)
	msg := sprintf("%s has no digest: it cannot be told whether it is signed", [artifact.name])
}

deny contains msg if {
	some artifact in input.artifacts
	well_formed(artifact)
	count(signatures(artifact)) == 0
	not signed_otherwise(artifact)
	msg := sprintf("%s is not signed", [artifact.name])
}

deny contains msg if {
	some artifact in input.artifacts
	well_formed(artifact)
	count(signatures(artifact)) == 0
	signed_otherwise(artifact)
	msg := sprintf("%s is not what was signed: its digest is another", [artifact.name])
}

deny contains msg if {
	some artifact in input.artifacts
	count(signatures(artifact)) > 0
	not trusted(artifact)
	msg := sprintf("%s is signed by nobody who may sign for %s", [artifact.name, input.door])
}

well_formed(artifact) if regex.match(`^sha256:[0-9a-f]{64}$`, artifact.digest)

signatures(artifact) := [fact |
	some fact in data.custody.attestations[artifact.digest]
	fact.kind in kinds
	concerns(fact, artifact)
]

# A signature that was recorded of another asset is no signature of this one.
concerns(fact, artifact) if fact.asset == object.get(artifact, "asset", fact.asset)

concerns(fact, _) if fact.asset == null

signed_otherwise(artifact) if {
	some digest, facts in data.custody.attestations
	digest != artifact.digest
	some fact in facts
	fact.kind in kinds
	fact.asset == artifact.asset
}

trusted(artifact) if {
	some fact in signatures(artifact)
	some signer in fact.signers
	some may in data.signers[input.door]
	is_signer(signer, may)
}

is_signer(signer, may) if signer.keyId == may.keyId

is_signer(signer, may) if {
	signer.how != "keys"
	signer.identity == may.identity
	signer.issuer == may.issuer
}

decision := {"allow": allow, "deny": deny}
