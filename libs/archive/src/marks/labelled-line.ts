// A marked revision as a labelled article, in the format that `taxonomy eval` reads.
import type { MarkDimension, Verdict } from './mark.ts';

/** A marked revision: the article as it was read, the tags the classifier gave it then, and what was said of them, oldest first. */
export interface MarkedRevision {
  readonly articleId: string;
  readonly revision: number;
  readonly language: string;
  readonly title: string;
  readonly text: string;
  readonly publishedAt: Date;
  readonly relevant: boolean;
  readonly sectors: readonly string[];
  readonly topics: readonly string[];
  readonly authorities: readonly string[];
  readonly jurisdictions: readonly string[];
  /** `kind:stage` */
  readonly developments: readonly string[];
  readonly taxonomyVersion: string;
  readonly marks: readonly { readonly dimension: MarkDimension; readonly tag: string; readonly verdict: Verdict }[];
}

export interface LabelledLine {
  readonly id: string;
  readonly language: string;
  readonly title: string;
  readonly text: string;
  readonly published: string;
  readonly labels: {
    readonly relevant: boolean;
    readonly sectors: readonly string[];
    readonly topics: readonly string[];
    readonly authorities: readonly string[];
    readonly jurisdictions: readonly string[];
    readonly developments: readonly { readonly kind: string; readonly stage: string }[];
  };
  /** What a person said, `dimension tag`: the other labels are the classifier's word of then, which nobody contested. */
  readonly judged: readonly string[];
  readonly taxonomyVersion: string;
}

const fields = { sector: 'sectors', topic: 'topics', authority: 'authorities', jurisdiction: 'jurisdictions', development: 'developments' } as const;

/**
 * The classifier's tags, corrected by the marks; where two analysts disagree, the later word counts. An article outside trade policy has
 * no tags; one that is given a missing tag is about trade policy, unless that is marked wrong.
 */
export function labelledLine(marked: MarkedRevision): LabelledLine {
  const latest = new Map(marked.marks.map((mark) => [`${mark.dimension} ${mark.tag}`, mark]));
  const said = [...latest.values()];
  const relevance = latest.get('relevant relevant')?.verdict;
  const relevant = relevance === undefined ? marked.relevant || said.some(({ dimension, verdict }) => dimension !== 'relevant' && verdict !== 'wrong') : relevance !== 'wrong';
  const tags = (dimension: keyof typeof fields): string[] => {
    if (!relevant) return [];
    const ofDimension = said.filter((mark) => mark.dimension === dimension);
    const wrong = new Set(ofDimension.filter(({ verdict }) => verdict === 'wrong').map(({ tag }) => tag));
    return [...new Set([...marked[fields[dimension]].filter((tag) => !wrong.has(tag)), ...ofDimension.filter(({ verdict }) => verdict !== 'wrong').map(({ tag }) => tag)])];
  };
  return {
    id: `${marked.articleId}#${marked.revision}`, language: marked.language, title: marked.title, text: marked.text, published: marked.publishedAt.toISOString(),
    labels: {
      relevant, sectors: tags('sector'), topics: tags('topic'), authorities: tags('authority'), jurisdictions: tags('jurisdiction'),
      developments: tags('development').map((pair) => ({ kind: pair.slice(0, pair.indexOf(':')), stage: pair.slice(pair.indexOf(':') + 1) })),
    },
    judged: [...latest.keys()].sort(),
    taxonomyVersion: marked.taxonomyVersion,
  };
}
