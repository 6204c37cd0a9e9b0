/**
 * The vendor of the example signs each delivery of its feed, the bank keeps each as a version, and a policy in force at the
 * ingest door asks for the signature. On the day of the incident the signature is valid and the figures are not: only the
 * statistics of the two versions show it. The day after, a correction comes without a signature and is refused.
 */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import type { App } from '../app.ts';
import { signBundle, type Signer } from '../attest/signer.ts';
import { IN_TOTO_PAYLOAD } from '../attest/dsse.ts';
import { manifestText, type Manifest } from '../dataset/manifest.ts';
import { makeManifest } from '../engine/make-manifest.ts';
import { openDataset } from '../engine/open-dataset.ts';
import { openSigner } from '../keys/open-signer.ts';
import { builtInPolicies } from '../source/built-in-policies.ts';
import { ContentStore } from '../source/content-store.ts';

const DATASET = 'dataset:file:credit-scoring/vendor/nordkredit/bureau_feed.csv';
const POLICY = 'gate-signed';
/** Nights, counted from the last, of which deliveries are kept: the incident is the tenth from the end. */
const KEPT_NIGHTS = 12;
const CORRECTION_NIGHTS_AGO = 8;

export class Vendor {
  readonly #app: App;
  readonly #signer: Signer;
  readonly #pem: string;
  readonly #key: Uint8Array;
  readonly #store: string;

  private constructor(app: App, signer: Signer, pem: string, key: Uint8Array, store: string) {
    this.#app = app;
    this.#signer = signer;
    this.#pem = pem;
    this.#key = key;
    this.#store = store;
  }

  /** Makes the vendor's key, and brings the policy into force that asks for its signature. `store`: where bytes are kept. */
  static async open(app: App, subjectKey: Uint8Array, store: string): Promise<Vendor> {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const text = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const signer = await openSigner('env:NORDKREDIT_KEY', {
      password: null,
      certificates: null,
      env: { NORDKREDIT_KEY: text },
      fetch,
    });
    const pem = signer.publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const vendor = new Vendor(app, signer, pem, subjectKey, store);
    await vendor.#publishPolicy();
    return vendor;
  }

  /** A delivery of the night `nightsAgo` nights before the last. */
  async deliver(day: string, file: string, nightsAgo: number): Promise<void> {
    if (nightsAgo >= KEPT_NIGHTS) return;
    if (nightsAgo === CORRECTION_NIGHTS_AGO) await this.#deliverUnsigned(file);
    const manifest = await this.#manifestOf(file, 'bureau_feed.csv');
    await new ContentStore(this.#store).put(file, manifest.predicate.files[0]!.sha256);
    await this.#post('/custody/v1/datasets/versions', {
      dataset: DATASET,
      manifest,
      place: { kind: 'store', where: this.#store },
      message: `delivery of ${day}`,
    });
    const bundle = await signBundle(IN_TOTO_PAYLOAD, Buffer.from(manifestText(manifest)), this.#signer);
    await this.#post('/custody/v1/attestations', {
      bundle: JSON.parse(bundle) as unknown,
      asset: DATASET,
      publicKeys: [this.#pem],
    });
    await this.#ask(manifest);
  }

  /** A file with corrected scores, sent by somebody in a hurry. */
  async #deliverUnsigned(file: string): Promise<void> {
    const path = file.replace(/\.csv$/, '-correction.csv');
    await copyFile(file, path);
    await writeFile(path, (await readFile(path, 'utf8')).replace(/\n$/, '').split('\n').slice(0, 80).join('\n') + '\n');
    await this.#ask(await this.#manifestOf(path, 'bureau_feed-correction.csv'));
  }

  async #manifestOf(file: string, name: string): Promise<Manifest> {
    const identifying = ['applicant_id'];
    const bytes = await readFile(file);
    const relation = await openDataset({ where: file, table: null, delimiter: ',' }, identifying);
    try {
      const { manifest } = await makeManifest(relation, {
        name: DATASET.slice('dataset:'.length),
        files: [{ name, bytes: (await stat(file)).size, sha256: createHash('sha256').update(bytes).digest('hex') }],
        order: 'any',
        subjects: { kind: 'applicant', columns: identifying, key: this.#key },
      });
      return manifest;
    } finally {
      await relation.close();
    }
  }

  /** The ingest door asks before the bank loads a file. */
  async #ask(manifest: Manifest): Promise<void> {
    const [file] = manifest.predicate.files;
    await this.#post('/v1/data/gate/signed/decision', {
      input: {
        door: 'ingest',
        artifacts: [{ name: file!.name, asset: DATASET, digest: `sha256:${file!.sha256}` }],
      },
    });
  }

  async #publishPolicy(): Promise<void> {
    const folder = builtInPolicies(POLICY);
    const file = (name: string) => readFile(`${folder}/${name}`, 'utf8');
    const keyId = `sha256:${createHash('sha256')
      .update(this.#signer.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex')}`;
    await this.#post(`/custody/v1/policies/${POLICY}`, {
      files: {
        'signed.rego': await file('signed.rego'),
        'signed_test.rego': await file('signed_test.rego'),
        'data.json': JSON.stringify({ signers: { ingest: [{ keyId }] } }, null, 2),
      },
      message: 'What comes from Nordkredit must be signed by Nordkredit.',
    });
  }

  async #post(path: string, body: unknown): Promise<void> {
    const response = await this.#app.fetch(
      new Request(`http://localhost${path}`, {
        method: 'POST',
        headers: {
          host: 'localhost',
          authorization: `Bearer ${this.#app.cliKey}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      }),
    );
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  }
}
