// The classifier against real notices of the Federal Register: what must be found, and who must stay quiet (federal-register.yaml).
import { classify, type ClassifierParts } from '@tradewatch/classify/classify-article.ts';
import { parse } from 'yaml';
import { z } from 'zod';
import source from './federal-register.yaml?raw';

export const noticeSchema = z.object({ id: z.string(), title: z.string(), text: z.string() });
export type Notice = z.infer<typeof noticeSchema>;

const pattern = z.string().transform((text) => new RegExp(text, 'i'));
const expectationsSchema = z.strictObject({
  found: z.array(z.strictObject({ name: z.string(), title: pattern, except: pattern.optional() })),
  quiet: z.array(z.strictObject({ agency: z.string(), text: pattern })),
});

/** Of an abstract, how much tells whose it is. */
const namedWithin = 300;

export interface Tally {
  readonly name: string;
  readonly notices: number;
  readonly relevant: number;
  /** Found notices that were not called relevant, or quiet ones that were. */
  readonly errors: readonly Pick<Notice, 'id' | 'title'>[];
}

export interface CorpusReport {
  readonly notices: number;
  readonly relevant: number;
  /** Notices that must be relevant, by what they are about. */
  readonly found: readonly Tally[];
  /** Notices of agencies with no trade business, without those that `found` names. */
  readonly quiet: readonly Tally[];
}

/** Classifies notices one by one; memory stays the same for any number of them. */
export class CorpusJudge {
  private readonly expectations = expectationsSchema.parse(parse(source));
  private readonly found = this.expectations.found.map(({ name }) => emptyTally(name));
  private readonly quiet = this.expectations.quiet.map(({ agency }) => emptyTally(agency));
  private notices = 0;
  private relevant = 0;

  constructor(private readonly parts: ClassifierParts = {}) {}

  judge({ id, title, text }: Notice): void {
    const { relevant } = classify({ title, text }, this.parts);
    this.notices++;
    if (relevant) this.relevant++;
    const about = this.expectations.found.flatMap((each, index) => (each.title.test(title) && !each.except?.test(title) ? [index] : []));
    for (const index of about) count(this.found[index]!, relevant, relevant ? undefined : { id, title });
    if (about.length > 0) return;
    const agency = this.expectations.quiet.findIndex((each) => each.text.test(text.slice(0, namedWithin)));
    if (agency >= 0) count(this.quiet[agency]!, relevant, relevant ? { id, title } : undefined);
  }

  get report(): CorpusReport {
    return { notices: this.notices, relevant: this.relevant, found: this.found, quiet: this.quiet };
  }
}

interface GrowingTally extends Tally {
  notices: number;
  relevant: number;
  readonly errors: Pick<Notice, 'id' | 'title'>[];
}

function emptyTally(name: string): GrowingTally {
  return { name, notices: 0, relevant: 0, errors: [] };
}

function count(tally: GrowingTally, relevant: boolean, error: Pick<Notice, 'id' | 'title'> | undefined): void {
  tally.notices++;
  if (relevant) tally.relevant++;
  if (error) tally.errors.push(error);
}

/** All tallies as one. */
export function total(name: string, tallies: readonly Tally[]): Tally {
  return {
    name, notices: tallies.reduce((sum, each) => sum + each.notices, 0), relevant: tallies.reduce((sum, each) => sum + each.relevant, 0),
    errors: tallies.flatMap(({ errors }) => errors),
  };
}
