import { exitCodes } from './exit-codes.ts';
import { InputError, readDocument } from './input-file.ts';
import { say, writeJson } from './output.ts';

/** What stands in place of a result. */
export interface Unreadable {
  readonly error: { readonly code: string; readonly message: string };
}

/**
 * Reads documents one after the other and writes one line `{file, …result}` each; a file that fails becomes
 * `{file, error}` and a message, and the others go on. @returns the exit code.
 */
export async function forEachDocument(files: readonly string[], read: (bytes: Buffer) => object | Unreadable | Promise<object>): Promise<number> {
  let code: number = exitCodes.ok;
  for (const file of files) {
    const result = await readDocument(file).then(read).catch(unreadable);
    if ('error' in result && result.error) {
      code = exitCodes.failed;
      say(`${file}: ${(result as Unreadable).error.message}`);
    }
    await writeJson({ file, ...result });
  }
  return code;
}

function unreadable(error: unknown): Unreadable {
  if (error instanceof InputError) return { error: { code: error.code, message: error.message } };
  throw error;
}
