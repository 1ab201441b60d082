import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** A file that cannot be had, with a code for programs and a sentence for people. */
export class InputError extends Error {
  override readonly name = 'InputError';
  constructor(readonly code: 'not-found' | 'not-a-file' | 'not-allowed' | 'too-large' | 'unreadable', message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** Largest document read whole, bytes: what the crawler takes from the network, and some more. */
export const largestDocumentBytes = 64 * 1024 * 1024;

/** The bytes of a file as a stream, of stdin for `-`. Reading it throws what `asInputError` explains. */
export function openInput(file: string): Readable {
  return file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 256 * 1024 });
}

/** Reads a file (`-`: stdin) whole. @throws InputError, also when it is larger than `largest` bytes; no more than that is held. */
export async function readDocument(file: string, largest = largestDocumentBytes): Promise<Buffer> {
  const tooLarge = (): InputError => new InputError('too-large', `larger than ${Math.floor(largest / 1024 / 1024)} MB`);
  try {
    if (file !== '-' && (await stat(file)).size > largest) throw tooLarge();
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of openInput(file) as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > largest) throw tooLarge();
      parts.push(part);
    }
    return Buffer.concat(parts, length);
  } catch (error) {
    throw asInputError(error);
  }
}

/** What the system says of a file, in words; anything that is not the file's fault comes back as it is. */
export function asInputError(error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof InputError || syscall === undefined) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new InputError('not-found', 'no such file', { cause: error });
  if (code === 'EISDIR') return new InputError('not-a-file', 'is a folder, not a file', { cause: error });
  if (code === 'EACCES' || code === 'EPERM') return new InputError('not-allowed', 'may not be read (permission denied)', { cause: error });
  return new InputError('unreadable', `cannot be read (${code ?? 'unknown error'})`, { cause: error });
}
