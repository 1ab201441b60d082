/** An error's message in one line: Prisma's spread over several, of which the first only names the call that was made. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !/^Invalid `.*` invocation/.test(line));
  return lines.join(' ') || (error instanceof Error ? error.name : 'unknown error');
}
