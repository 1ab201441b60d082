import { SubscriptionOverviewStore } from '@tradewatch/match';
import { exitCodes } from '../exit-codes.ts';
import { say, writeJson } from '../output.ts';
import { withDatabase } from '../with-database.ts';

const idShape = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Every subscription, whoever owns it, one line each: its rule, its channels, how many alerts it raised and when last. */
export function listSubscriptions(): Promise<number> {
  return withStore(async (store) => {
    for (const subscription of await store.list()) await writeJson(subscription);
    return exitCodes.ok;
  });
}

/** Pauses or resumes subscriptions; one line each, {id, enabled} or {id, error}. An id that is not there does not stop the others. */
export function enableSubscriptions(ids: readonly string[], enabled: boolean): Promise<number> {
  return withStore(async (store) => {
    let code: number = exitCodes.ok;
    for (const id of ids) {
      const isThere = idShape.test(id) && (await store.setEnabled(id, enabled));
      await writeJson(isThere ? { id, enabled } : notFound(id));
      if (!isThere) code = exitCodes.failed;
    }
    return code;
  });
}

/** The newest articles a subscription would have matched, each with why; how many there are on stderr. */
export function previewSubscription(id: string, days: number): Promise<number> {
  return withStore(async (store) => {
    const preview = idShape.test(id) ? await store.preview(id, days) : null;
    if (!preview) {
      await writeJson(notFound(id));
      return exitCodes.failed;
    }
    for (const item of preview.items) await writeJson(item);
    say(`${preview.items.length} of ${preview.complete ? '' : 'at least '}${preview.total} articles in ${days} days`);
    return exitCodes.ok;
  });
}

function withStore(use: (store: SubscriptionOverviewStore) => Promise<number>): Promise<number> {
  return withDatabase((database) => use(new SubscriptionOverviewStore(database)));
}

function notFound(id: string): object {
  return { id, error: { code: 'NOT_FOUND', message: 'there is no such subscription' } };
}
