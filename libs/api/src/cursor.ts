import { Problem } from './problem.ts';
import type { z } from 'zod';

/** An opaque page cursor for a JSON value (base64url). */
export function encodeCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** @throws Problem 400 naming `cursor` when it is not one of ours. */
export function decodeCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw Problem.invalid('cursor', 'is not a cursor of this list');
  }
}
