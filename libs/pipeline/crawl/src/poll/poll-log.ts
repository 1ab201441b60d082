// What the log says of polls: news at once, a failure when it begins or changes, and one line when the whole network is away.
import type { Logger } from '@nestjs/common';
import type { Source } from '../source/source.ts';
import type { ReadingFault } from './read-source.ts';

const networkWarningEveryMs = 3600_000;

export class PollLog {
  private networkWarnedAt = -Infinity;

  constructor(private readonly logger: Logger) {}

  notModified({ id }: Source): void {
    this.logger.debug({ sourceId: id }, 'source not modified');
  }

  polled(source: Source, { newArticles, revisions, mainFault, failed }: { newArticles: number; revisions: number; mainFault: ReadingFault | undefined; failed: boolean }): void {
    const { id } = source;
    if (mainFault && source.errorCode !== mainFault.code) {
      this.logger.warn({ sourceId: id, errorCode: mainFault.code }, `source read from a fallback: ${mainFault.message}`);
    }
    if (newArticles + revisions > 0) this.logger.log({ sourceId: id, newArticles, revisions }, 'source polled');
    else this.logger.debug({ sourceId: id }, 'source polled, nothing new');
    if (source.consecutiveFailures > 0 && !failed) this.logger.log({ sourceId: id, failures: source.consecutiveFailures }, 'source works again');
  }

  failed(source: Source, { errorCode, errorMessage, isOwnNetwork }: { errorCode: string; errorMessage: string; isOwnNetwork: boolean }): void {
    const details = { sourceId: source.id, errorCode };
    if (isOwnNetwork) {
      this.logger.debug(details, errorMessage);
      this.warnOfNetwork();
    } else if (source.errorCode === errorCode) this.logger.debug(details, errorMessage);
    else this.logger.warn(details, errorMessage);
  }

  private warnOfNetwork(): void {
    const now = performance.now();
    if (now - this.networkWarnedAt < networkWarningEveryMs) return;
    this.networkWarnedAt = now;
    this.logger.warn('Sources cannot be reached over the network; the sources page says which and why. They are asked again until they can.');
  }
}
