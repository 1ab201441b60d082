// Counts what was found, and waits for what takes a while.
import { setTimeout as pause } from 'node:timers/promises';

let passed = 0;
let failed = 0;

/** Runs one check and says what came of it. @returns {Promise<boolean>} whether it held. */
export async function check(sentence, act) {
  const started = Date.now();
  try {
    const note = await act();
    passed += 1;
    process.stdout.write(`✓ ${sentence}${typeof note === 'string' ? `: ${note}` : ''} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    return true;
  } catch (error) {
    failed += 1;
    process.stdout.write(`✗ ${sentence}\n  ${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

/** The last line. @returns {number} the exit code. */
export function summary() {
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

export function hold(condition, what) {
  if (!condition) throw new Error(what);
}

/** Asks until the answer is truthy. @returns it. Throws with the last error when it takes longer than `timeoutMs`. */
export async function until(what, ask, timeoutMs = 60_000) {
  const end = Date.now() + timeoutMs;
  let last;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await pause(500);
  }
  throw new Error(`${what} did not happen within ${timeoutMs / 1000} s${last instanceof Error ? `: ${last.message}` : ''}`);
}
