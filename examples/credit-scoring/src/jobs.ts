/** The jobs of the example. The pipeline is the bank's; the delivery of the feed is the vendor's. */
import type { Job } from './open-lineage.ts';

const task = (name: string, owner: string, description: string, tags: readonly string[] = []): Job => ({
  namespace: 'credit-scoring',
  name: `nightly.${name}`,
  kind: 'TASK',
  owners: [owner],
  tags,
  description,
});

export const NIGHTLY: Job = {
  namespace: 'credit-scoring',
  name: 'nightly',
  kind: 'PIPELINE',
  owners: ['team:data-platform'],
  tags: [],
  description: 'Loads the applications and the bureau feed, trains the credit model, scores and reports.',
};

export const EXPORT_APPLICATIONS = task(
  'export_applications',
  'team:core-banking',
  'Exports the applications that exist by this day.',
);
export const SEND_INQUIRIES = task(
  'send_inquiries',
  'team:credit-risk',
  'Tells the credit bureau whom the bank asks about.',
  ['data-sharing'],
);
export const DELIVER_FEED: Job = {
  namespace: 'nordkredit',
  name: 'deliver_bureau_feed',
  kind: 'DELIVERY',
  owners: ['vendor:nordkredit'],
  tags: ['third-party'],
  description: "The vendor's delivery. What it is made from, the vendor does not say.",
};
export const LOAD_APPLICATIONS = task('load_applications', 'team:data-platform', 'Loads the export as it is.');
export const LOAD_BUREAU = task('load_bureau_feed', 'team:data-platform', "Loads the vendor's feed as it is.", [
  'third-party',
]);
export const CLEAN_APPLICATIONS = task(
  'clean_applications',
  'team:credit-risk',
  'Gives the applications types and short codes.',
);
export const CLEAN_BUREAU = task(
  'clean_bureau',
  'team:credit-risk',
  'Keeps the latest plausible report of the bureau on each applicant.',
);
export const JOIN_APPLICANTS = task('join_applicants', 'team:credit-risk', 'Joins applications and bureau.');
export const BUILD_FEATURES = task('build_features', 'team:ml-risk', 'Builds what the model sees.');
export const BUILD_TRAINING_SET = task(
  'build_training_set',
  'team:ml-risk',
  'Picks the applicants whose outcome is known.',
);
export const TRAIN_MODEL = task('train_model', 'team:ml-risk', 'Trains the logistic regression and tests it.', [
  'model-training',
]);
export const SCORE = task('score_applications', 'team:ml-risk', 'Scores every applicant with the new model.', [
  'automated-decision',
]);
export const REPORT = task('portfolio_report', 'team:controlling', 'Sums exposure and expected loss by purpose.');
export const PUBLISH_DASHBOARD = task(
  'publish_dashboard',
  'team:controlling',
  "Writes what the risk committee's dashboard shows.",
);
