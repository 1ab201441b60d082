import { Logger } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import type { Source } from '../source/source.ts';
import { PollLog } from './poll-log.ts';

class RecordingLogger extends Logger {
  readonly lines: string[] = [];
  override log(...parts: unknown[]): void {
    this.lines.push(`info ${String(parts.at(-1))}`);
  }
  override warn(...parts: unknown[]): void {
    this.lines.push(`warn ${String(parts.at(-1))}`);
  }
  override debug(): void {}
}

const source = (changes: Partial<Source> = {}) => ({ id: 'desk', errorCode: null, consecutiveFailures: 0, ...changes }) as Source;
const timeout = { errorCode: 'timeout', errorMessage: 'desk.example did not answer in time' };
const nothing = { newArticles: 0, revisions: 0, mainFault: undefined, failed: false };

describe('the log of polls', () => {
  it('tells of a failure when it begins or changes, and of its end', () => {
    const logger = new RecordingLogger();
    const log = new PollLog(logger);
    log.failed(source(), timeout);
    log.failed(source({ errorCode: 'timeout', consecutiveFailures: 1 }), timeout);
    log.failed(source({ errorCode: 'timeout', consecutiveFailures: 2 }), { ...timeout, errorCode: 'http-500', errorMessage: 'desk.example answered 500' });
    log.polled(source({ errorCode: 'http-500', consecutiveFailures: 3 }), nothing);
    log.polled(source(), nothing);
    log.notModified(source());
    log.notModified(source({ errorCode: 'http-500', consecutiveFailures: 1 }));
    expect(logger.lines).toEqual(['warn desk.example did not answer in time', 'warn desk.example answered 500', 'info source works again', 'info source works again']);
  });

  it('has one line for all sources when the network is away', () => {
    const logger = new RecordingLogger();
    const log = new PollLog(logger);
    for (let number = 0; number < 40; number += 1) log.failed(source({ id: `s${number}` }), { errorCode: 'dns-failure', errorMessage: 'no name server' });
    expect(logger.lines).toEqual([expect.stringContaining('cannot be reached over the network')]);
  });

  it('tells of news', () => {
    const logger = new RecordingLogger();
    new PollLog(logger).polled(source(), { ...nothing, newArticles: 3 });
    expect(logger.lines).toEqual(['info source polled']);
  });
});
