/**
 * What policies read at `data.custody.attestations`: by digest of an artifact, what was signed about it and by whom. It comes
 * from the log alone, so that whoever asks a gate cannot make up that something is signed.
 */
import { kindOfPredicate } from '../attest/predicate.ts';
import type { FactSource } from '../gate/policy-set.ts';
import { fromJs, type Value } from '../gate/rego/index.ts';
import type { Ledger } from './ledger.ts';

/** The newest; older ones are still in the log. */
const FACTS_MAX = 20_000;

export function attestationFacts(ledger: Ledger): FactSource {
  return {
    path: ['custody', 'attestations'],
    get version() {
      return ledger.state.attestations.count;
    },
    value(): Value {
      const bySubject: Record<string, object[]> = {};
      for (const { entry, recorded, by, asset, predicateType, subjects, signers } of ledger.state.attestations.latest(
        FACTS_MAX,
      )) {
        const fact = {
          entry,
          recorded,
          by,
          asset,
          predicateType,
          kind: kindOfPredicate(predicateType),
          signers: signers.map(({ keyId, how, identity, issuer }) => ({
            keyId,
            how,
            identity: identity ?? null,
            issuer: issuer ?? null,
          })),
        };
        for (const subject of subjects)
          (Object.hasOwn(bySubject, subject) ? bySubject[subject] : (bySubject[subject] = []))?.push(fact);
      }
      return fromJs(bySubject);
    },
  };
}
