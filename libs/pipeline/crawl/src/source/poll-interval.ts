const secondsPer = { m: 60, h: 3600, d: 86_400 } as const;

/** Seconds of an interval written as `15m`, `1h` or `1d`; undefined where the text is no such thing. */
export function parseInterval(text: string): number | undefined {
  const match = /^([1-9]\d{0,4})([mhd])$/.exec(text);
  return match ? Number(match[1]) * secondsPer[match[2] as keyof typeof secondsPer] : undefined;
}

/** Writes seconds the way people do: `900` is `15m`, `3600` is `1h`. */
export function formatInterval(seconds: number): string {
  if (seconds % secondsPer.d === 0) return `${seconds / secondsPer.d}d`;
  if (seconds % secondsPer.h === 0) return `${seconds / secondsPer.h}h`;
  return `${Math.round(seconds / secondsPer.m)}m`;
}
