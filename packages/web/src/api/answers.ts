/** The types of the API's answers, taken from its contract. Types only: the schemas stay on the server. */
import type * as contract from 'custody/api/contract';
import type * as policy from 'custody/api/policy-contract';

type Of<Schema extends { _zod: { output: unknown } }> = Schema['_zod']['output'];

export type Problem = Of<typeof contract.Problem>;
export type Status = Of<typeof contract.Status>;
export type AssetRef = Of<typeof contract.AssetRef>;
export type AssetSummary = Of<typeof contract.AssetSummary>;
export type AssetPage = Of<typeof contract.AssetPage>;
export type AssetDetail = Of<typeof contract.AssetDetail>;
export type Neighbour = Of<typeof contract.Neighbour>;
export type RunView = Of<typeof contract.RunView>;
export type Lineage = Of<typeof contract.Lineage>;
export type LineageNode = Of<typeof contract.LineageNode>;
export type LineageEdge = Of<typeof contract.LineageEdge>;
export type ColumnEnd = Of<typeof contract.ColumnEnd>;
export type ColumnEdge = Of<typeof contract.ColumnEdge>;
export type ColumnLineage = Of<typeof contract.ColumnLineage>;
export type TouchedAsset = Of<typeof contract.TouchedAsset>;
export type Blast = Of<typeof contract.Blast>;
export type PathAnswer = Of<typeof contract.PathAnswer>;
export type DifferenceAnswer = Of<typeof contract.DifferenceAnswer>;
export type CausesAnswer = Of<typeof contract.CausesAnswer>;
export type GapsAnswer = Of<typeof contract.GapsAnswer>;
export type AsOf = Of<typeof contract.AsOfView>;
export type EntrySummary = Of<typeof contract.EntrySummary>;
export type EntryPage = Of<typeof contract.EntryPage>;
export type EntryDetail = Of<typeof contract.EntryDetail>;
export type Activity = Of<typeof contract.Activity>;
export type LogNews = Of<typeof contract.LogNews>;
export type PolicyList = Of<typeof policy.PolicyList>;
export type PolicySummary = Of<typeof policy.PolicySummary>;
export type PolicyDetail = Of<typeof policy.PolicyDetail>;
export type PolicyVersion = Of<typeof policy.PolicyVersionView>;
export type PolicyCheck = Of<typeof policy.PolicyCheck>;
export type DryRun = Of<typeof policy.DryRunView>;
export interface Consistency {
  readonly from: number;
  readonly to: number;
  readonly hashes: readonly string[];
}
