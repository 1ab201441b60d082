// What a correction corrects: the document it names by number, or the one article of its source that carries its headline.
import type { ArticleDraft } from './article-draft.ts';
import type { CorrectedArticle } from './article.store.ts';
import { correctedHeadline, correctionNote } from './correction.ts';
import { uniqueNumbers } from './document-numbers.ts';

export type Corrected = Pick<CorrectedArticle, 'id' | 'storyId'>;

/** Whether an entry says of itself that it corrects something. */
export function isCorrection({ report, corrects }: Pick<ArticleDraft, 'report' | 'corrects'>): boolean {
  return report.isCorrection || corrects.length > 0;
}

/** Whether a revision says that it corrects what the one before it said, which did not yet say so. */
export function correctsItself(before: { readonly title: string; readonly text: string }, after: { readonly title: string; readonly text: string }): boolean {
  if (correctedHeadline(after.title) !== undefined && correctedHeadline(before.title) === undefined) return true;
  const note = correctionNote(after.text);
  return note !== '' && note !== correctionNote(before.text);
}

/** Articles that corrections may be of, by document number and by headline. */
export class CorrectedArticles {
  readonly #byName = new Map<string, Map<string, Corrected>>();

  constructor(articles: readonly CorrectedArticle[]) {
    for (const { name, id, storyId } of articles) this.#put(name, { id, storyId });
  }

  /** Makes an article of the same poll known, for corrections that come with what they correct. */
  add(draft: ArticleDraft, article: Corrected): void {
    if (isCorrection(draft)) return;
    for (const number of uniqueNumbers(draft.report.documents)) this.#put(number, article);
    this.#put(draft.titleKey, article);
  }

  /** The article a correction is of; a headline that several carry names none of them. */
  of({ corrects, titleKey, report }: ArticleDraft): Corrected | undefined {
    for (const number of corrects) {
      const [named] = this.#byName.get(number)?.values() ?? [];
      if (named) return named;
    }
    if (!report.official || titleKey === '') return undefined;
    const alike = [...(this.#byName.get(titleKey)?.values() ?? [])];
    return alike.length === 1 ? alike[0] : undefined;
  }

  #put(name: string, article: Corrected): void {
    const known = this.#byName.get(name) ?? new Map<string, Corrected>();
    known.set(article.id, article);
    this.#byName.set(name, known);
  }
}
