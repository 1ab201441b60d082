// What may raise an alert. The first successful poll of a source brings its past: that is archived, but only what is fresh is news.

/** A date in a feed counts as fresh this long unless the module is told otherwise. */
export const defaultAlertableWindowHours = 48;

export interface BackfillRule {
  /** When the source's first successful poll stored its entries; null while that poll is being stored. */
  readonly backfilledAt: Date | null;
  readonly alertOnBackfill: boolean;
  readonly windowHours: number;
}

export interface Sighting {
  readonly firstSeenAt: Date;
  readonly publishedAt: Date;
  readonly publishedConfidence: string;
}

/** Whether an article may raise alerts: found after the backfill, or in it with a stated date within the window. */
export function isAlertable(article: Sighting, rule: BackfillRule): boolean {
  if (rule.alertOnBackfill) return true;
  if (rule.backfilledAt !== null && article.firstSeenAt > rule.backfilledAt) return true;
  return article.publishedConfidence === 'stated' && isWithin(article.publishedAt, article.firstSeenAt, rule.windowHours);
}

/** Whether a new revision may: as its article could, or because the source dates the change itself within the window. */
export function isRevisionAlertable(article: Sighting, updatedAt: Date | null, fetchedAt: Date, rule: BackfillRule): boolean {
  return isAlertable(article, rule) || (updatedAt !== null && isWithin(updatedAt, fetchedAt, rule.windowHours));
}

function isWithin(time: Date, before: Date, hours: number): boolean {
  return before.getTime() - time.getTime() <= hours * 3600_000;
}
