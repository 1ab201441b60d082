import { fullTime, relativeTime } from './relative-time.ts';
import { useNow } from './clock.ts';

/** A moment in words, exact on hover. */
export function Time({ at, note }: { readonly at: string; readonly note?: string | undefined }) {
  const moment = Date.parse(at);
  const now = useNow();
  return (
    <time dateTime={at} title={note === undefined ? fullTime(moment) : `${fullTime(moment)} (${note})`}>
      {relativeTime(moment, now)}
    </time>
  );
}
