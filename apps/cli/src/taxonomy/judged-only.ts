// Marked articles carry the classifier's own tags where nobody said anything; counting those would be marking one's own homework.
import type { Classification } from '@tradewatch/events';
import type { LabelledArticle } from '@tradewatch/classify/labelled-article.ts';

/** What a person said of an article, each `dimension tag` with the dimension in the singular; see `tradewatch taxonomy marks`. */
export type Judged = ReadonlySet<string>;

/** The article with the labels a person said something of, alone. */
export function judgedLabels<Article extends LabelledArticle>(article: Article, judged: Judged): Article {
  const { labels } = article;
  const only = (dimension: string, tags: readonly string[]): string[] => tags.filter((tag) => judged.has(`${dimension} ${tag}`));
  return {
    ...article,
    labels: {
      relevant: labels.relevant && judged.has('relevant relevant'),
      sectors: only('sector', labels.sectors), topics: only('topic', labels.topics), authorities: only('authority', labels.authorities), jurisdictions: only('jurisdiction', labels.jurisdictions),
      developments: labels.developments.filter(({ kind, stage }) => judged.has(`development ${kind}:${stage}`)),
    },
  };
}

/** What the classifier says of the tags a person said something of, alone. */
export function judgedTags(classification: Classification, judged: Judged): Classification {
  const only = <Tag extends { readonly id: string }>(dimension: string, tags: readonly Tag[]): Tag[] => tags.filter(({ id }) => judged.has(`${dimension} ${id}`));
  return {
    ...classification, relevant: classification.relevant && judged.has('relevant relevant'),
    sectors: only('sector', classification.sectors), topics: only('topic', classification.topics), authorities: only('authority', classification.authorities),
    jurisdictions: only('jurisdiction', classification.jurisdictions),
    developments: classification.developments.filter(({ kind, stage }) => judged.has(`development ${kind}:${stage}`)),
  };
}
