// The classifier on texts of 1 and 10 KB against its peers in the same process: a loop of the same phrases as regular expressions, the
// default pipeline of wink-nlp, and the Aho–Corasick of @monyone (/fast) for the phrase scan alone. Rounds alternate, the best of each counts.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AhoCorasick } from '@monyone/aho-corasick/fast';
import model from 'wink-eng-lite-web-model';
import winkNLP from 'wink-nlp';
import { classify, parseLabelledArticles, type ArticleText } from '@tradewatch/classify';
import { HitBuffer, TokenBuffer, compileMatcher, compileTaxonomy, foldWord, type CompiledTaxonomy } from '@tradewatch/taxonomy';
import { report } from './measure.ts';

const rounds = 10;
/** Characters of text a round reads; small texts come in greater number, so that a round is long enough to measure. */
const charactersARound = 4_000_000;

export async function run(): Promise<void> {
  const started = cpu();
  const taxonomy = compileTaxonomy();
  report('classify', 'start-up of the matcher', cpu() - started, 'ms');
  report('classify', 'phrases', taxonomy.phrases.length, 'phrases');
  const phrases = [...new Set(taxonomy.phrases.map(({ text }) => text).filter((text) => /^[\p{L}\p{N} .'’&-]+$/u.test(text)).map((text) => text.toLowerCase()))];
  const expressions = phrases.map((phrase) => new RegExp(`(?<![\\p{L}\\p{N}])${phrase.replace(/[.]/g, '\\$&').replace(/ /g, '\\s+')}(?![\\p{L}\\p{N}])`, 'giu'));
  const automaton = new AhoCorasick(phrases);
  const wink = winkNLP(model);
  for (const size of [1000, 10_000]) {
    const articles = articlesOf(size);
    const lower = articles.map(({ title, text }) => `${title} ${text}`.toLowerCase());
    const kilobytes = articles.reduce((sum, { title, text }) => sum + title.length + text.length, 0) / 1000;
    const label = `${size / 1000} KB`;
    const few = articles.slice(0, size > 1000 ? 1 : 4);
    few.forEach(({ text }) => expressions.forEach((expression) => text.match(expression)));
    const some = articles.slice(0, Math.ceil(articles.length / 4));
    const best = {
      classify: Infinity, scan: Infinity, wink: Infinity, automaton: Infinity,
      loop: time(() => few.forEach(({ text }) => expressions.forEach((expression) => text.match(expression)))) / few.length * articles.length,
    };
    for (let round = 0; round < rounds; round++) {
      best.classify = Math.min(best.classify, time(() => articles.forEach((article) => classify(article))));
      best.scan = Math.min(best.scan, time(() => articles.forEach((article) => scan(taxonomy, article))));
      best.automaton = Math.min(best.automaton, time(() => lower.forEach((text) => automaton.matchInText(text))));
      if (round < 3) best.wink = Math.min(best.wink, time(() => some.forEach(({ title, text }) => wink.readDoc(`${title} ${text}`))) * (articles.length / some.length));
    }
    const rate = (milliseconds: number): number => kilobytes / milliseconds;
    report('classify', `full classification, ${label}`, rate(best.classify), 'MB/s', 'loop of regular expressions', rate(best.loop));
    report('classify', `full classification, ${label}`, rate(best.classify), 'MB/s', 'wink-nlp, default pipeline', rate(best.wink));
    report('classify', `phrase scan, ${label}`, rate(best.scan), 'MB/s', '@monyone/aho-corasick/fast', rate(best.automaton));
  }
  report('classify', 'disagreements with a Unicode-aware oracle on accented text', disagreements(taxonomy), 'hits');
}

/** Processor time of this thread in milliseconds, which other processes on the machine do not add to. */
function cpu(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function time(work: () => void): number {
  const before = cpu();
  work();
  return cpu() - before;
}

const tokens = new TokenBuffer();
const hits = new HitBuffer();

function scan(taxonomy: CompiledTaxonomy, { title, text }: ArticleText): number {
  tokens.reset();
  hits.count = 0;
  tokens.read(title, taxonomy.vocabulary);
  tokens.read(text, taxonomy.vocabulary);
  taxonomy.trie.scan(tokens, 0, hits);
  return hits.count;
}

/** Our own labelled articles in English, joined and cut to a size. */
function articlesOf(size: number): ArticleText[] {
  const written = parseLabelledArticles(readFileSync(resolve('libs/taxonomy/gold/train.jsonl'), 'utf8')).filter(({ language, text }) => language === 'en' && text.length > 200);
  let next = 0;
  return Array.from({ length: Math.ceil(charactersARound / size) }, () => {
    const { title } = written[next % written.length]!;
    let text = '';
    while (text.length < size) text += `${written[next++ % written.length]!.text}\n\n`;
    return { title, text: text.slice(0, size) };
  });
}

/** Hits that the scan and a regular expression over the text without marks and case do not share; texts of the taxonomy's accented words. */
function disagreements(taxonomy: CompiledTaxonomy): number {
  const accents: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'î', o: 'ô', u: 'ü', n: 'ñ', c: 'ç' };
  const candidates = taxonomy.phrases.filter(({ text }) => /^[a-z]{4,}( [a-z]{4,}){0,2}$/.test(text)).map(({ text }) => text);
  const gaps = [' ', ', ', '-', ' / '];
  let seed = 7;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed % below;
  };
  let wrong = 0;
  for (let trial = 0; trial < 40; trial++) {
    const phrases = [...new Set(Array.from({ length: 60 }, () => candidates[random(candidates.length)]!))];
    const matcher = compileMatcher([{ id: 'one', any: { strong: phrases.join('\n') } }]);
    const words = phrases.flatMap((phrase) => phrase.split(' '));
    let text = '';
    for (let word = 0; word < 400; word++) {
      const plain = random(3) === 0 ? phrases[random(phrases.length)]! : words[random(words.length)]!;
      const accented = [...plain].map((letter) => (random(3) === 0 ? (accents[letter] ?? letter) : letter)).join('');
      text += (random(4) === 0 ? accented.normalize('NFD') : random(4) === 0 ? accented.toUpperCase() : accented) + (random(8) === 0 ? 'é' : '') + gaps[random(gaps.length)]!;
    }
    tokens.reset();
    hits.count = 0;
    tokens.read(text, matcher.vocabulary);
    matcher.trie.scan(tokens, 0, hits);
    const ours = new Map<string, number>();
    for (let hit = 0; hit < hits.count; hit++) {
      const phrase = matcher.phrases[hits.phrases[hit]!]!.text;
      ours.set(phrase, (ours.get(phrase) ?? 0) + 1);
    }
    const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    for (const phrase of phrases) {
      const expression = new RegExp(`(?<![\\p{L}\\p{N}])(?=${foldWord(phrase).split(' ').join('[^\\p{L}\\p{N}]+')}(?![\\p{L}\\p{N}]))`, 'gu');
      wrong += Math.abs([...plain.matchAll(expression)].length - (ours.get(phrase) ?? 0));
    }
  }
  return wrong;
}
