import { useSyncExternalStore } from 'react';

const tickMs = 20_000;
let now = Date.now();
const readers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(reader: () => void): () => void {
  if (readers.size === 0) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of readers) each();
    }, tickMs);
  }
  readers.add(reader);
  return () => {
    readers.delete(reader);
    if (readers.size === 0) clearInterval(timer);
  };
}

/** The present moment (ms since the epoch), one clock for the whole page so that all relative times move together. */
export const useNow = () => useSyncExternalStore(subscribe, () => now);
