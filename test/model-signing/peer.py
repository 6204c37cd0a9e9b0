"""The reference implementation, `model-signing`: signs and verifies as told by a list of jobs on standard input.

A job is {"do": "sign" | "verify", "path", "signature", "with": {"key"} | {"public_key"} | {"key", "certificate", "chain"} |
{"chain"}, "password", "ignore": [], "git": bool, "links": bool, "hash", "shard_size"}. The answer is a list of
{"ok": bool, "error": str}.
"""
import json
import pathlib
import sys

import model_signing


def hashing(job):
    config = model_signing.hashing.Config()
    kind = job.get("hash", "sha256")
    links = job.get("links", False)
    if "shard_size" in job:
        config.use_shard_serialization(hashing_algorithm=kind, shard_size=job["shard_size"], allow_symlinks=links)
    else:
        config.use_file_serialization(hashing_algorithm=kind, allow_symlinks=links)
    config.set_ignored_paths(paths=job.get("ignore", []), ignore_git_paths=job.get("git", True))
    return config.set_allow_symlinks(links)


def run(job):
    given = job["with"]
    if job["do"] == "sign":
        config = model_signing.signing.Config()
        if "certificate" in given:
            config.use_certificate_signer(
                private_key=given["key"], signing_certificate=given["certificate"], certificate_chain=given["chain"]
            )
        else:
            config.use_elliptic_key_signer(private_key=given["key"], password=job.get("password", "").encode() or None)
        config.set_hashing_config(hashing(job)).sign(job["path"], job["signature"])
        return
    config = model_signing.verifying.Config()
    if "identity" in given:
        config.use_sigstore_verifier(
            identity=given["identity"], oidc_issuer=given["issuer"], trust_config=pathlib.Path(given["trust_config"])
        )
    elif "public_key" in given:
        config.use_elliptic_key_verifier(public_key=given["public_key"])
    else:
        config.use_certificate_verifier(certificate_chain=given["chain"])
    config.set_hashing_config(hashing(job)).verify(job["path"], job["signature"])


answers = []
for job in json.load(sys.stdin):
    try:
        run(job)
        answers.append({"ok": True, "error": ""})
    except Exception as error:
        answers.append({"ok": False, "error": f"{type(error).__name__}: {error}"})
json.dump(answers, sys.stdout)
