import { labelledLine, MarksStore } from '@tradewatch/archive';
import { exitCodes } from '../exit-codes.ts';
import { say, writeJson } from '../output.ts';
import { withDatabase } from '../with-database.ts';

/** `tradewatch taxonomy marks`: every marked revision as a labelled article, one a line. @returns the exit code. */
export function exportMarks(): Promise<number> {
  return withDatabase(async (database) => {
    let lines = 0;
    for await (const marked of new MarksStore(database).markedRevisions()) {
      await writeJson(labelledLine(marked));
      lines++;
    }
    say(`${lines} marked ${lines === 1 ? 'revision' : 'revisions'}`);
    return exitCodes.ok;
  });
}
