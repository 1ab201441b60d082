import { labelledLine } from './labelled-line.ts';
import type { MarksStore } from './marks.store.ts';

/** Every marked revision as one line of JSON, in the format of labelled articles. */
export async function* exportLabelledLines(marks: MarksStore): AsyncGenerator<string> {
  for await (const marked of marks.markedRevisions()) yield `${JSON.stringify(labelledLine(marked))}\n`;
}
