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

  private of: ArticleScan | undefined;
  private article = -1;

  /** Reads an article once, however often it is asked to. */
  read(scan: ArticleScan): void {
    if (this.of === scan && this.article === scan.articles) return;
    this.of = scan;
    this.article = scan.articles;
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

/** A tag's weights laid out for one taxonomy. */
export interface LaidOutContext {
  readonly own: number;
  readonly named: number;
  readonly bias: number;
  readonly weights: Float64Array;
}

/** All weights laid out: tags by entry index, the others by name. */
export interface LaidOutContexts {
  readonly byEntry: readonly (LaidOutContext | undefined)[];
  readonly byName: ReadonlyMap<string, LaidOutContext>;
  /** Entry indexes of the tags that may follow without a word of their own, by kind. */
  readonly implied: Readonly<Record<string, readonly number[]>>;
}

const laidOut = new WeakMap<Readonly<Record<string, TagContext>>, { readonly taxonomy: CompiledTaxonomy; readonly contexts: LaidOutContexts }>();

/** The weights as the inner loops want them; names the taxonomy does not have any more are passed over. */
export function layOut(contexts: Readonly<Record<string, TagContext>>, taxonomy: CompiledTaxonomy): LaidOutContexts {
  const known = laidOut.get(contexts);
  if (known?.taxonomy === taxonomy) return known.contexts;
  const layout = contextLayout(taxonomy);
  const byEntry: (LaidOutContext | undefined)[] = taxonomy.entries.map(() => undefined);
  const byName = new Map<string, LaidOutContext>();
  const implied: Record<string, number[]> = {};
  for (const [id, { own, named, bias, others }] of Object.entries(contexts)) {
    const weights = new Float64Array(layout.names.length);
    for (const [name, weight] of Object.entries(others)) {
      const at = layout.at.get(name);
      if (at !== undefined) weights[at] = weight;
    }
    const made = { own, named, bias, weights };
    byName.set(id, made);
    const entry = taxonomy.indexOf.get(id);
    if (entry === undefined) continue;
    byEntry[entry] = made;
    if (!neverImplied.has(id)) (implied[taxonomy.kinds[entry]!] ??= []).push(entry);
  }
  const made: LaidOutContexts = { byEntry, byName, implied };
  laidOut.set(contexts, { taxonomy, contexts: made });
  return made;
}

/** Jurisdictions that need a word of their own or a rule: which partners an article on the agreement is about hangs on who is named. */
const neverImplied = new Set(['MX', 'CA', 'CN', 'EU']);

/** The own logit of a tag within the bounds in which it counts. */
export function bounded(logit: number): number {
  return logit > 5 ? 5 : logit < -5 ? -5 : logit;
}

/** The logit of a tag in its context; `own` is what its phrases alone give, undefined without any. */
export function contextLogit({ own: ownWeight, named, bias, weights }: LaidOutContext, { at, value, count }: ContextFeatures, own: number | undefined): number {
  let sum = bias + (own === undefined ? 0 : named + ownWeight * bounded(own));
  for (let index = 0; index < count; index++) sum += weights[at[index]!]! * value[index]!;
  return sum;
}

/** What the rest of the article at hand says; read by whoever is first to ask. */
export const contextFeatures = new ContextFeatures();
