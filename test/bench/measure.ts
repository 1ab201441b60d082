/** Prints one measure as a JSON line; `peerValue` is the peer's figure from the same run. */
export function report(bench: string, measure: string, value: number, unit: string, peer?: string, peerValue?: number): void {
  const rounded = (figure: number): number => Number(figure.toPrecision(4));
  process.stdout.write(`${JSON.stringify({
    bench, measure, value: rounded(value), unit, ...(peer === undefined || peerValue === undefined ? {} : { peer, peerValue: rounded(peerValue), ratio: rounded(value / peerValue) }),
  })}\n`);
}

/** The value below which `share` (0..1) of the samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Calls `act(n)` for n < count at a steady rate, whatever a call takes. */
export async function atRate(perSecond: number, count: number, act: (n: number) => void): Promise<void> {
  const started = performance.now();
  for (let n = 0; n < count; n++) {
    const wait = started + (n * 1000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    act(n);
  }
}
