import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { say, watchStdout } from './output.ts';
import { tradewatch } from './tradewatch.ts';

watchStdout();
try {
  await tradewatch({ bundleFolder: import.meta.dirname }).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  } else {
    say(`tradewatch: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = exitCodes.failed;
  }
}
