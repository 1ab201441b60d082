/**
 * What the rest of an article says for or against a tag: a duty on steel rests on Section 232 though nobody names it, a dispute told beside
 * "panel" and "agreement" is one of the agreement's. Each tag has weights of its own over the entries of the taxonomy; most of them are 0.
 */
import type { CompiledTaxonomy } from '@tradewatch/taxonomy';
import type { ArticleScan } from './article-scan.ts';
import { damped } from './damped.ts';

/** A tag's weights: of the logit its own phrases give, of having phrases at all, and of what else the article speaks of, by feature name. */
export interface TagContext {
  readonly own: number;
  readonly named: number;
  readonly bias: number;
  /** By entry id ("s232"), or by entry id and "^" for its hits in the title. */
  readonly others: Readonly<Record<string, number>>;
}

/** Jurisdictions common enough to learn about one by one. */
export const contextJurisdictions = ['US', 'MX', 'CA', 'CN', 'EU'] as const;
/** What the language of an article is called among the features. */
const languageFeatures = ['language/en', 'language/es', 'language/fr'] as const;
const HEADLINE_ALONE = 'headline/alone';

interface Layout {
  /** Entry index of each pair of features: whole article at 2n, title at 2n + 1. */
  readonly entries: Int32Array;
  readonly names: readonly string[];
  readonly at: ReadonlyMap<string, number>;
}

const layouts = new WeakMap<CompiledTaxonomy, Layout>();

/** The features a taxonomy gives, named; entries of facts and of rare countries are left out. */
export function contextLayout(taxonomy: CompiledTaxonomy): Layout {
  const known = layouts.get(taxonomy);
  if (known) return known;
  const entries: number[] = [];
  taxonomy.entries.forEach(({ id }, index) => {
    const kind = taxonomy.kinds[index];
    if (kind === 'fact' || (kind === 'jurisdiction' && !(contextJurisdictions as readonly string[]).includes(id))) return;
    entries.push(index);
  });
  const names = [...entries.flatMap((index) => [taxonomy.entries[index]!.id, `${taxonomy.entries[index]!.id}^`]), ...languageFeatures, HEADLINE_ALONE];
  const made: Layout = { entries: Int32Array.from(entries), names, at: new Map(names.map((name, index) => [name, index])) };
  layouts.set(taxonomy, made);
  return made;
}

/** The features of one article that are not 0; buffers are reused by the next article. */
export class ContextFeatures {
  count = 0;
  readonly at = new Int32Array(2048);
  readonly value = new Float64Array(2048);

  read(scan: ArticleScan): void {
    const { taxonomy, scores, titleScores } = scan;
    const { entries } = contextLayout(taxonomy);
    let count = 0;
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index]!;
      const score = scores[entry]!;
      if (score <= 0) continue;
      this.at[count] = index * 2;
      this.value[count++] = damped(Math.min(score, 12)) / 2;
      const title = titleScores[entry]!;
      if (title <= 0) continue;
      this.at[count] = index * 2 + 1;
      this.value[count++] = 1;
    }
    const base = entries.length * 2;
    const language = languageFeatures.indexOf(`language/${scan.language}` as (typeof languageFeatures)[number]);
    if (language >= 0) {
      this.at[count] = base + language;
      this.value[count++] = 1;
    }
    if (scan.tokens.count - scan.titleWords < 8) {
      this.at[count] = base + languageFeatures.length;
      this.value[count++] = 1;
    }
    this.count = count;
  }
}

const denseWeights = new WeakMap<TagContext, { readonly layout: Layout; readonly weights: Float64Array }>();

/** A tag's weights by feature index; names the taxonomy does not have any more are passed over. */
function dense(context: TagContext, layout: Layout): Float64Array {
  const known = denseWeights.get(context);
  if (known?.layout === layout) return known.weights;
  const weights = new Float64Array(layout.names.length);
  for (const [name, weight] of Object.entries(context.others)) {
    const at = layout.at.get(name);
    if (at !== undefined) weights[at] = weight;
  }
  denseWeights.set(context, { layout, weights });
  return weights;
}

/** The own logit of a tag within the bounds in which it counts. */
export function bounded(logit: number): number {
  return logit > 5 ? 5 : logit < -5 ? -5 : logit;
}

/** The logit of a tag in its context; `own` is what its phrases alone give, undefined without any. */
export function contextLogit(context: TagContext, features: ContextFeatures, taxonomy: CompiledTaxonomy, own: number | undefined): number {
  const weights = dense(context, contextLayout(taxonomy));
  let sum = context.bias + (own === undefined ? 0 : context.named + context.own * bounded(own));
  const { at, value, count } = features;
  for (let index = 0; index < count; index++) sum += weights[at[index]!]! * value[index]!;
  return sum;
}
