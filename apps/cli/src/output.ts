// stdout carries JSON, one object a line; stderr carries everything meant for people.

let isReaderGone = false;

/**
 * Ends quietly when the reader of stdout leaves early (`tradewatch … | head`), as other tools of a pipe do. Any other
 * failure to write (a full disk) is said and ends with 1. Call once, before the first write.
 */
export function watchStdout(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      isReaderGone = true;
      process.exit();
    }
    say(`cannot write to stdout: ${error.message}`);
    process.exit(1);
  });
  // A closed stderr costs the messages, not the work.
  process.stderr.on('error', () => undefined);
}

/** Writes one object as a line of JSON and waits while the reader is slower than we are. */
export async function writeJson(value: unknown): Promise<void> {
  await writeText(`${JSON.stringify(value)}\n`);
}

/** Writes a document that has a format of its own; everything else is JSON. */
export async function writeText(text: string): Promise<void> {
  if (isReaderGone || process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}

/** One message for people, on stderr. */
export function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
