import { expect, it } from 'vitest';
import { oneLine } from './one-line.ts';

it.each([
  ["\nInvalid `prisma.user.findUnique()` invocation:\n\n\nCan't reach database server at 127.0.0.1:44669", "Can't reach database server at 127.0.0.1:44669"],
  ['\nInvalid `prisma.$queryRaw()` invocation:\n\n\nRaw query failed. Code: `57P01`. Message: `terminating connection`', 'Raw query failed. Code: `57P01`. Message: `terminating connection`'],
  ['Two handlers for x in group "y"', 'Two handlers for x in group "y"'],
  ['first\n  second', 'first second'],
  ['', 'Error'],
])('an error that stops the start is told in one line: %j', (message, line) => {
  expect(oneLine(new Error(message))).toBe(line);
});

it('whatever was thrown', () => {
  expect([oneLine('text'), oneLine(undefined)]).toEqual(['text', 'undefined']);
});
