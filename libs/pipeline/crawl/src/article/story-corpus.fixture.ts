// Pairs of articles of which we know whether they are copies of one report: made from story-corpus.fixture.yaml by seeded edits and syndication.
import { parse } from 'yaml';
import source from './story-corpus.fixture.yaml?raw';
import { reportOf } from './report.ts';
import type { StoryCandidate } from './story.ts';

interface Texts {
  readonly language: string;
  readonly headlines: readonly string[];
  readonly text: string;
  readonly other?: string;
  readonly next?: string;
  readonly translation?: string;
}
interface Corpus {
  readonly reports: readonly Texts[];
  readonly templates: readonly { readonly headlines: readonly string[]; readonly text: string }[];
  readonly official: readonly { readonly title: string; readonly text: string }[];
  readonly slots: Readonly<Record<string, readonly string[]>>;
  readonly around: Readonly<Record<'before' | 'dateline' | 'after' | 'publisher' | 'label', readonly string[]>>;
  readonly synonyms: Readonly<Record<string, string>>;
}
const corpus = parse(source) as Corpus;

/** An article as its source gives it. */
export interface CorpusArticle {
  readonly title: string;
  readonly text: string;
  readonly official: boolean;
  readonly sourceId: string;
  readonly guid: string;
  readonly url: string;
  readonly publishedAt: Date;
}

export interface CorpusPair {
  /** How the second was made from the first. */
  readonly kind: string;
  readonly copies: boolean;
  readonly a: CorpusArticle;
  readonly b: CorpusArticle;
}

const hour = 3_600_000;
const noon = Date.UTC(2026, 6, 3, 12);

/** The same pairs for a seed on every machine. */
export class StoryCorpus {
  #seed: number;
  #made = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Half copies, half not. */
  pairs(count: number): CorpusPair[] {
    const copies = [() => this.#reprint(), () => this.#reprint(), () => this.#headlineOnly(), () => this.#edited(), () => this.#edited(), () => this.#templateCopy(), () => this.#officialReprint()];
    const others = [
      () => this.#otherSlots(), () => this.#otherSlots(), () => this.#otherSlots(), () => this.#otherNewsroom(), () => this.#followUp(), () => this.#translated(), () => this.#officialSeries(), () => this.#officialSeries(),
      () => this.#pressSeries(), () => this.#unrelated(), () => this.#tooLate(),
    ];
    return Array.from({ length: count }, (_, n) => (n % 2 === 0 ? copies[(n / 2) % copies.length]!() : others[((n - 1) / 2) % others.length]!()));
  }

  /** A report nobody else in the corpus has. */
  report(): CorpusArticle {
    const { headlines, text } = this.#anyReport();
    return this.#article({ title: this.#pick(headlines), text });
  }

  #reprint(): CorpusPair {
    const { headlines, text } = this.#anyReport();
    const a = this.#article({ title: this.#headline(headlines), text: this.#around(text) });
    return { kind: 'reprint', copies: true, a, b: this.#article({ title: this.#headline(headlines), text: this.#around(this.#cut(text)) }, this.#below(160)) };
  }

  #edited(): CorpusPair {
    const { headlines, text } = this.#anyReport();
    const a = this.#article({ title: this.#headline(headlines), text: this.#around(this.#maybeCut(text)) });
    return { kind: 'edited reprint', copies: true, a, b: this.#article({ title: this.#headline(headlines), text: this.#around(this.#edit(text)) }, this.#below(160)) };
  }

  /** An aggregator or a paper gives the headline alone, or says it again for a summary. */
  #headlineOnly(): CorpusPair {
    const { headlines, text } = this.#anyReport();
    const headline = headlines.find((each) => each.split(' ').length >= 6) ?? headlines[0]!;
    const publisher = this.#pick(corpus.around.publisher);
    const title = `${this.#typography(headline)} - ${publisher}`;
    const b = this.#article({ title, text: this.#pick(['', `${headline} ${publisher}`, title]) }, this.#below(160));
    return { kind: 'headline only', copies: true, a: this.#article({ title: headline, text: this.#pick([text, '', this.#cut(text)]) }), b };
  }

  #templateCopy(): CorpusPair {
    const slots = this.#slots();
    const template = this.#pick(corpus.templates);
    const filled = fill(template.text, slots);
    const headline = (): string => this.#dress(fill(this.#pick(template.headlines), slots));
    return { kind: 'reprint of a template', copies: true, a: this.#article({ title: headline(), text: filled }), b: this.#article({ title: headline(), text: this.#around(this.#maybeCut(filled)) }, this.#below(160)) };
  }

  /** A press release and the paper that prints it. */
  #officialReprint(): CorpusPair {
    const { headlines, text } = this.#anyReport();
    const a = this.#article({ title: this.#pick(headlines), text, official: true });
    return { kind: 'reprint of a release', copies: true, a, b: this.#article({ title: this.#headline(headlines), text: this.#around(this.#cut(text)) }, this.#below(100)) };
  }

  /** The same template about another product, country, company or rate: one, two or all slots differ. */
  #otherSlots(): CorpusPair {
    const template = this.#pick(corpus.templates);
    const [slots, others] = [this.#slots(), this.#slots()];
    const exchanged = this.#pick([['product', 'producto', 'produit'], ['country', 'pais', 'paysfr'], ['rate'], ['company', 'place'], ['product', 'producto', 'produit', 'rate'], Object.keys(slots)]);
    const changed = { ...slots, ...Object.fromEntries(exchanged.map((name) => [name, others[name]!])) };
    const form = this.#below(template.headlines.length);
    const [title, text] = [fill(template.headlines[form]!, slots), fill(template.text, slots)];
    const [otherTitle, otherText] = [fill(template.headlines[form]!, changed), fill(template.text, changed)];
    if (text === otherText) return this.#otherSlots();
    const kind = `template with another ${exchanged.length > 3 ? 'everything' : exchanged[0]!}`;
    return { kind, copies: false, a: this.#article({ title, text }), b: this.#article({ title: this.#dress(otherTitle), text: this.#pick([otherText, this.#around(otherText)]) }, this.#below(160)) };
  }

  #otherNewsroom(): CorpusPair {
    const { headlines, text, other } = this.#pick(corpus.reports.filter((each) => each.other !== undefined));
    const [one, two] = [this.#pick(headlines), this.#pick(headlines)];
    if (one === two) return this.#otherNewsroom();
    return { kind: 'another newsroom', copies: false, a: this.#article({ title: one, text: this.#around(text) }), b: this.#article({ title: this.#dress(two), text: this.#around(other!) }, this.#below(48)) };
  }

  /** The news of the next day in front of what was printed the day before. */
  #followUp(): CorpusPair {
    const { headlines, text, next } = this.#pick(corpus.reports.filter((each) => each.next !== undefined));
    const background = text.split(/(?<=\.) /).slice(this.#pick([-1, -2])).join(' ');
    const title = next!.split(/[,.]/, 1)[0]!;
    return { kind: 'follow-up', copies: false, a: this.#article({ title: this.#pick(headlines), text }), b: this.#article({ title: this.#dress(title), text: this.#around(`${next!} ${background}`) }, 24 + this.#below(24)) };
  }

  #translated(): CorpusPair {
    const { headlines, text, translation } = this.#pick(corpus.reports.filter((each) => each.translation !== undefined));
    const title = this.#pick([headlines[0]!, translation!.split(/[,.]/, 1)[0]!, translation!.split(' ').slice(0, 8).join(' ')]);
    return { kind: 'translation', copies: false, a: this.#article({ title: headlines[0]!, text }), b: this.#article({ title: title === headlines[0] ? `${title.split(' ')[0]!}: ${translation!.slice(0, 40)}` : title, text: translation! }, this.#below(48)) };
  }

  /** Two official documents of one title: another number, and at times another product or country in it. */
  #officialSeries(): CorpusPair {
    const { title, text } = this.#pick(corpus.official);
    const slots = this.#slots();
    const others = this.#pick([slots, slots, { ...slots, product: this.#slots()['product']!, producto: this.#slots()['producto']! }, this.#slots()]);
    const sourceId = this.#pick(['register', 'agency']);
    const one = this.#article({ title: fill(title, slots), text: fill(text, slots), official: true, sourceId });
    const two = this.#article({ title: fill(title, others), text: fill(text, others), official: true, sourceId: this.#pick([sourceId, sourceId, 'register']) }, this.#below(160));
    return { kind: 'official series', copies: false, a: one, b: two };
  }

  #pressSeries(): CorpusPair {
    const title = this.#pick(['Trade briefing: what to watch this week', 'Tariffs today: the latest from the capitals', 'Weekly review of border delays and costs', 'El comercio exterior en breve: lo que hay que saber', 'Le point sur les échanges de la semaine']);
    const [one, two] = [this.#anyReport(), this.#anyReport()];
    if (one === two) return this.#pressSeries();
    return { kind: 'press series', copies: false, a: this.#article({ title, text: one.text, sourceId: 'paper' }), b: this.#article({ title, text: two.text, sourceId: 'paper' }, 12 + this.#below(140)) };
  }

  #unrelated(): CorpusPair {
    const [one, two] = [this.#anyReport(), this.#anyReport()];
    if (one === two) return this.#unrelated();
    return { kind: 'unrelated', copies: false, a: this.#article({ title: this.#headline(one.headlines), text: this.#around(one.text) }), b: this.#article({ title: this.#headline(two.headlines), text: this.#around(this.#maybeCut(two.text)) }, this.#below(160)) };
  }

  #tooLate(): CorpusPair {
    const { headlines, text } = this.#anyReport();
    return { kind: 'more than seven days apart', copies: false, a: this.#article({ title: headlines[0]!, text }), b: this.#article({ title: headlines[0]!, text }, 169 + this.#below(300)) };
  }

  #anyReport(): Texts {
    return this.#pick(corpus.reports);
  }

  #article(fields: { title: string; text: string; official?: boolean; sourceId?: string }, hoursLater = 0): CorpusArticle {
    this.#made += 1;
    const n = this.#made;
    const official = fields.official ?? false;
    return {
      title: fields.title, text: fields.text, official, sourceId: fields.sourceId ?? `source-${n}`,
      guid: official ? `2026-${String(10_000 + n)}` : `guid-${n}`, url: `https://site-${fields.sourceId ?? n}.example/${official ? 'documents/' : ''}${n}`, publishedAt: new Date(noon + hoursLater * hour),
    };
  }

  #headline(headlines: readonly string[]): string {
    return this.#dress(this.#pick(headlines));
  }

  #dress(headline: string): string {
    const label = this.#chance(0.15) ? this.#pick(corpus.around.label) : '';
    const publisher = this.#chance(0.35) ? this.#pick([' - ', ' | ', ' — ']) + this.#pick(corpus.around.publisher) : '';
    return `${label}${this.#typography(headline)}${publisher}`;
  }

  #typography(headline: string): string {
    return this.#pick([(text: string) => text, (text: string) => text.replaceAll("'", '’'), (text: string) => text.toUpperCase(), (text: string) => `${text}.`, (text: string) => text.replaceAll('U.S.', 'US')])(headline);
  }

  #around(text: string): string {
    const parts = [this.#pick(corpus.around.before), this.#pick(corpus.around.dateline) + text, this.#pick(corpus.around.after)].filter((part) => part !== '');
    return parts.join(this.#pick(['\n\n', '\n\n', '\n']));
  }

  #maybeCut(text: string): string {
    return this.#chance(0.4) ? this.#cut(text) : text;
  }

  /** A summary: the first 18 to 60 words, a first sentence, or a cut in the middle of a word. */
  #cut(text: string): string {
    const words = text.split(' ');
    return this.#pick([
      () => `${words.slice(0, 18 + this.#below(42)).join(' ')}…`,
      () => `${words.slice(0, 18 + this.#below(42)).join(' ')} [...]`,
      () => text.split(/(?<=\.) /).slice(0, 1 + this.#below(3)).join(' '),
      () => text.slice(0, 140 + this.#below(200)),
      () => text,
    ])();
  }

  /** What a desk does to an agency's text: other words, typing errors, a sentence less, a clause more. */
  #edit(text: string): string {
    let edited = text;
    const names = Object.keys(corpus.synonyms).filter((word) => edited.includes(` ${word} `));
    for (const word of names.filter(() => this.#chance(0.6))) edited = edited.replace(` ${word} `, word.startsWith('per') ? `${corpus.synonyms[word]!} ` : ` ${corpus.synonyms[word]!} `);
    const sentences = edited.split(/(?<=\.) /);
    if (sentences.length > 3 && this.#chance(0.4)) sentences.splice(1 + this.#below(sentences.length - 1), 1);
    if (sentences.length > 3 && this.#chance(0.2)) sentences.splice(1, 2, sentences[2]!, sentences[1]!);
    if (this.#chance(0.3)) sentences[0] = sentences[0]!.replace(/, /, ', in a long awaited step, ');
    const words = sentences.join(' ').split(' ');
    return words.map((word) => (this.#chance(0.03) && /^[a-zé]{5,}$/.test(word) ? this.#mistype(word) : word)).filter((word) => !(this.#chance(0.02) && /^[a-z]{2,}$/.test(word))).join(' ');
  }

  #mistype(word: string): string {
    const at = 1 + this.#below(word.length - 2);
    return this.#pick([word.slice(0, at) + word.slice(at + 1), word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2), word.slice(0, at) + word[at]! + word.slice(at)]);
  }

  #slots(): Record<string, string> {
    const lists = Object.fromEntries(Object.entries(corpus.slots).map(([name, values]) => [name, this.#pick(values)]));
    const product = lists['product']!;
    return {
      ...lists, Product: product[0]!.toUpperCase() + product.slice(1), rate: (5 + this.#below(600) / 10).toFixed(1), days: String(45 + this.#below(200)), day: String(1 + this.#below(28)),
      amount: String(100 + this.#below(880)), year: String(2020 + this.#below(4)), nextyear: '2025',
    };
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#below(values.length)]!;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  /** mulberry32, in 0..1. */
  #random(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}

function fill(template: string, slots: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? name);
}

/** A corpus article as its story is looked for. */
export function candidateOf(article: CorpusArticle): StoryCandidate {
  return { articleId: article.guid, sourceId: article.sourceId, canonicalUrl: article.url, publishedAt: article.publishedAt, report: reportOf(article) };
}
