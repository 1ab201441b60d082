import { createServer } from 'node:net';
import { ConfigurationError } from '@tradewatch/config';
import { oneLine } from './one-line.ts';

/** Something a host has to close, in reverse order of opening. */
export type Closer = () => Promise<void>;

/** Longest a host takes to close after a signal, ms. */
const closeWithinMs = 9_000;

/**
 * Runs a host until SIGINT or SIGTERM: `start` opens things and registers how to close them. What stops the start is one
 * clear line on stderr and exit code 1; a second signal ends at once.
 */
export async function runHost(start: (onClose: (closer: Closer) => void) => Promise<void>): Promise<void> {
  const closers: Closer[] = [];
  let closing: Promise<number> | undefined;
  const close = (): Promise<number> => (closing ??= closeAll(closers));
  const stop = (): void => {
    if (closing) process.exit(130);
    void close().then((code) => process.exit(code));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    await start((closer) => closers.unshift(closer));
  } catch (error) {
    if (closing) return;
    const lines = error instanceof ConfigurationError ? error.lines : [oneLine(error)];
    for (const line of lines) process.stderr.write(`tradewatch cannot start: ${line}\n`);
    await close();
    process.exit(1);
  }
}

async function closeAll(closers: readonly Closer[]): Promise<number> {
  let code = 0;
  const all = (async () => {
    for (const closer of closers) await closer().catch((error: unknown) => {
      code = 1;
      process.stderr.write(`tradewatch: while closing: ${oneLine(error)}\n`);
    });
  })();
  const late = new Promise<'late'>((resolve) => setTimeout(resolve, closeWithinMs, 'late').unref());
  if ((await Promise.race([all, late])) === 'late') {
    process.stderr.write('tradewatch: some work in hand did not end in time; it is taken up at the next start.\n');
    return 1;
  }
  return code;
}

/** @throws ConfigurationError naming the variable when nothing can listen on the port. */
export async function assertPortFree(host: string, port: number, variable: string): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be listened on (${code})`;
    throw new ConfigurationError([`port ${port} ${why}: stop that, or set ${variable} to another port.`], { cause });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
