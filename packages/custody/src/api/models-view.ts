/** Models as the API shows them, as of a time: versions, signatures, and what each was made from. */
import type { z } from '@hono/zod-openapi';
import type { AsOf } from '../fold/as-of.ts';
import type { Attestation } from '../fold/attestation-table.ts';
import { fallOf } from '../fold/cause.ts';
import { modelsOf, type Model, type ModelVersion } from '../fold/model-versions.ts';
import { provenanceOf } from '../fold/provenance.ts';
import type { State } from '../fold/state.ts';
import { timesOfRun, writesOf } from '../fold/version.ts';
import { kindOfPredicate } from '../attest/predicate.ts';
import { MANIFEST_TYPE, TABLE_DIGEST } from '../dataset/manifest.ts';
import type { SignedCheckpoint } from '../log/evidence-log.ts';
import { assetRef, iso } from './asset-view.ts';
import { signerView } from './attestation-routes.ts';
import { asOfView } from './edge-view.ts';
import type { ModelDetail, ModelInput, ModelList, ModelVersionView } from './model-contract.ts';

const LISTED = 500;
const READS = 20;

export function modelList(state: State, asOf: AsOf, checkpoint: SignedCheckpoint | null): z.infer<typeof ModelList> {
  const models = modelsOf(state, asOf);
  return {
    items: models.slice(0, LISTED).map((model) => {
      const { namespace, name, versions } = model;
      const figures = figuresOf(state, model, asOf);
      return {
        namespace,
        name,
        versions: versions.length,
        signed: versions.filter(({ asset }) => attested(state, asset, asOf).signature !== null).length,
        newest: versionView(state, versions[0]!, figures, asOf),
      };
    }),
    total: models.length,
    asOf: asOfView(state, asOf, checkpoint),
  };
}

export function modelDetail(
  state: State,
  model: Model,
  asset: number,
  asOf: AsOf,
  checkpoint: SignedCheckpoint | null,
): z.infer<typeof ModelDetail> {
  const figures = figuresOf(state, model, asOf);
  const version = model.versions.find((each) => each.asset === asset) ?? model.versions[0]!;
  return {
    namespace: model.namespace,
    name: model.name,
    versions: model.versions.slice(0, LISTED).map((each) => versionView(state, each, figures, asOf)),
    version: versionView(state, version, figures, asOf),
    inputs: inputsOf(state, version, asOf),
    asOf: asOfView(state, asOf, checkpoint),
  };
}

type Figures = { readonly metric: string; readonly values: ReadonlyMap<number, number> } | null;

/** One figure of quality for all versions; the newest of a version that was written more than once. */
function figuresOf(state: State, { versions }: Model, asOf: AsOf): Figures {
  const fall = fallOf(state, versions[0]!.asset, null, null, asOf);
  return fall && { metric: fall.metric, values: new Map(fall.series.map(({ asset, value }) => [asset, value])) };
}

function versionView(
  state: State,
  { asset, label, write, writes }: ModelVersion,
  figures: Figures,
  asOf: AsOf,
): z.infer<typeof ModelVersionView> {
  const run = write?.run ?? null;
  const value = figures?.values.get(asset);
  return {
    asset: assetRef(state, asset, asOf),
    label,
    trained: write && iso(write.end),
    entry: write && write.entry,
    run: run === null ? null : state.runs.idOf(run),
    job: run === null ? null : assetRef(state, state.runs.jobOf(run), asOf),
    writes,
    metric: figures && value !== undefined ? { name: figures.metric, value } : null,
    reads: run === null ? [] : readsOf(state, run, asOf).map((row) => assetRef(state, row, asOf)),
    ...attested(state, asset, asOf),
  };
}

function readsOf(state: State, run: number, asOf: AsOf): readonly number[] {
  const job = state.runs.jobOf(run);
  const read = new Set<number>();
  for (const { edge } of state.edges.usesOfRun(run, state.runs, asOf))
    if (state.edges.toOf(edge) === job) read.add(state.edges.fromOf(edge));
  return [...read].slice(0, READS);
}

/** A signature over bytes, of a model or of a dataset's manifest; other statements say something about them. */
const isSignature = ({ predicateType }: Attestation): boolean =>
  kindOfPredicate(predicateType) === 'model' || predicateType === MANIFEST_TYPE;

function attested(state: State, asset: number, asOf: AsOf) {
  const found = known(state.attestations.find({ asset: state.assets.idOf(asset) }), asOf);
  return attestedBy(found);
}

function attestedBy(found: readonly Attestation[]) {
  const signature = found.find(isSignature);
  return {
    signature: signature
      ? {
          entry: signature.entry,
          recorded: signature.recorded,
          statement: signature.statement,
          signers: signature.signers.map(signerView),
        }
      : null,
    attestations: found.length,
  };
}

/** What was recorded by then: statements have no other time that anybody but their signer vouches for. */
const known = <Of extends { readonly entry: number; readonly recorded: string }>(all: readonly Of[], asOf: AsOf) =>
  all.filter(({ entry, recorded }) => entry < asOf.entries && Date.parse(recorded) <= asOf.at);

function inputsOf(state: State, { asset, write }: ModelVersion, asOf: AsOf): z.infer<typeof ModelInput>[] {
  if (write?.run == null) return [];
  const began = timesOfRun(state, write.run, asOf).start;
  const { datasets } = provenanceOf(state, write.run, asOf);
  return [...datasets]
    .filter(([dataset]) => dataset !== asset)
    .map(([dataset, { write: use, hops }]): z.infer<typeof ModelInput> => {
      const written = use === null ? null : (writesOf(state, dataset, asOf).find((each) => each.use === use) ?? null);
      const id = state.assets.idOf(dataset);
      const versions = known(state.versions.versionsOf(id), asOf);
      // A run may say which version it was by the digest of its manifest or cells, or by its number.
      const told =
        written?.version == null
          ? undefined
          : versions.find(({ manifest, table, version }) =>
              [manifest, table, String(version)].includes(written.version!),
            );
      const version = told ?? versions.findLast(({ recorded }) => Date.parse(recorded) <= began);
      const ofVersion = version && [
        ...state.attestations.find({ statement: version.manifest }),
        ...state.attestations.find({ subject: `${TABLE_DIGEST}:${version.table}` }),
      ];
      const found = new Set([...(ofVersion ?? []), ...state.attestations.find({ asset: id })]);
      const evidence = attestedBy(known([...found], asOf));
      return {
        asset: assetRef(state, dataset, asOf),
        // The walk counts datasets and jobs; people count datasets.
        hops: Math.ceil(hops / 2),
        entry: written && written.entry,
        written: written && iso(written.end),
        rows: written === null ? null : state.edges.details.of(written.use, asOf).rows,
        version: version
          ? { version: version.version, manifest: version.manifest, entry: version.entry, isTold: told !== undefined }
          : null,
        versions: versions.length,
        ...evidence,
        // A signature of another version says nothing of the one that was read.
        signature:
          ofVersion || versions.length === 0 ? attestedBy(known(ofVersion ?? [...found], asOf)).signature : null,
      };
    })
    .sort((a, b) => a.hops - b.hops || (a.asset.name < b.asset.name ? -1 : 1))
    .slice(0, LISTED);
}
