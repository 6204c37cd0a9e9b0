/**
 * The incident of the example: one night the vendor's export gets stuck on a row and repeats its figures for everybody
 * after it. The file has its usual rows and columns and each figure is plausible, so every check of the pipeline passes;
 * the model that is trained on it is worse.
 */
import type { BureauRow } from './bureau.ts';
import type { Day } from './day.ts';

/** Rows that are still right. */
const STUCK_AFTER = 60;

export const stuckExportOn =
  (bad: Day | null) =>
  (day: Day, feed: readonly BureauRow[]): readonly BureauRow[] => {
    const stuck = feed[STUCK_AFTER];
    if (day !== bad || !stuck) return feed;
    return feed.map((row, i) =>
      i <= STUCK_AFTER ? row : { ...stuck, applicant_id: row.applicant_id, reported_on: row.reported_on },
    );
  };
