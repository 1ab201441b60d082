/** Progress of a long replay on stderr: one line that is written over in a terminal, a line every few seconds elsewhere. */
export class ReplayProgress {
  private startedAt = 0;
  private startedFrom = 0;
  private lastAt = Number.NEGATIVE_INFINITY;
  private isLineOpen = false;

  constructor(private readonly stream: { readonly isTTY?: boolean; write(text: string): unknown } = process.stderr, private readonly now = () => performance.now()) {}

  start(done: number): void {
    this.startedAt = this.now();
    this.startedFrom = done;
  }

  show({ done, total, changed }: { readonly done: number; readonly total: number; readonly changed: number }): void {
    const now = this.now();
    if (done < total && now - this.lastAt < (this.stream.isTTY ? 200 : 5_000)) return;
    this.lastAt = now;
    const rate = ((done - this.startedFrom) / Math.max(now - this.startedAt, 1)) * 1000;
    const left = done >= total ? '' : `, ${duration((total - done) / Math.max(rate, 0.01))} left`;
    const text = `${done} of ${total} articles (${Math.floor((done / total) * 100)} %), ${changed} changed, ${Math.round(rate)} a second${left}`;
    this.stream.write(this.stream.isTTY ? `\r${text}\u001B[K` : `${text}\n`);
    this.isLineOpen = this.stream.isTTY === true;
  }

  end(): void {
    if (this.isLineOpen) this.stream.write('\n');
    this.isLineOpen = false;
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
