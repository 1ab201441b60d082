// What the log says of polls: news at once, a failure when it begins or changes, and one line when the whole network is away.
import type { Logger } from '@nestjs/common';
import type { Source } from '../source/source.ts';
import { isOwnNetworkFailure } from './next-poll.ts';
import type { ReadingFault } from './read-source.ts';

const networkWarningEveryMs = 3600_000;

export class PollLog {
  private networkWarnedAt = -Infinity;

  constructor(private readonly logger: Logger) {}

  notModified(source: Source): void {
    this.logger.debug({ sourceId: source.id }, 'source not modified');
    this.recovered(source);
  }

  polled(source: Source, { newArticles, revisions, mainFault, failed }: { newArticles: number; revisions: number; mainFault: ReadingFault | undefined; failed: boolean }): void {
    const { id } = source;
    if (mainFault && source.errorCode !== mainFault.code) {
      this.logger.warn({ sourceId: id, errorCode: mainFault.code }, `source read from a fallback: ${mainFault.message}`);
    }
    if (newArticles + revisions > 0) this.logger.log({ sourceId: id, newArticles, revisions }, 'source polled');
    else this.logger.debug({ sourceId: id }, 'source polled, nothing new');
    if (!failed) this.recovered(source);
  }

  failed(source: Source, { errorCode, errorMessage }: { errorCode: string; errorMessage: string }): void {
    const details = { sourceId: source.id, errorCode };
    if (isOwnNetworkFailure(errorCode)) {
      this.logger.debug(details, errorMessage);
      this.warnOfNetwork();
    } else if (source.errorCode === errorCode) this.logger.debug(details, errorMessage);
    else this.logger.warn(details, errorMessage);
  }

  private recovered({ id, consecutiveFailures, errorCode }: Source): void {
    if (consecutiveFailures === 0) return;
    const details = { sourceId: id, failures: consecutiveFailures };
    if (errorCode !== null && isOwnNetworkFailure(errorCode)) this.logger.debug(details, 'source works again');
    else this.logger.log(details, 'source works again');
  }

  private warnOfNetwork(): void {
    const now = performance.now();
    if (now - this.networkWarnedAt < networkWarningEveryMs) return;
    this.networkWarnedAt = now;
    this.logger.warn('Sources cannot be reached over the network; the sources page says which and why. They are asked again until they can.');
  }
}
