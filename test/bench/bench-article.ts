import { randomUUID } from 'node:crypto';
import type { Article } from '@tradewatch/events';

const paragraph = `The United States will impose a tariff of 25 percent on imports of steel pipe from Mexico, the Commerce Department announced. Officials said the
duty takes effect next month and covers goods that do not qualify for preference under the USMCA. Producers in Ontario and Nuevo León asked for an exemption, while
unions welcomed the step. The measure rests on Section 232. Analysts expect talks before the joint review. `;

/** An article of about 1.7 KB that carries a tariff development; `marker` is a word of its own. */
export function benchArticle(marker: string): Article {
  const now = new Date().toISOString();
  return {
    id: randomUUID(), revision: 1, storyId: randomUUID(), source: { id: 'bench', name: 'Bench', authority: 'press', jurisdiction: 'US' },
    url: `https://bench.example/${marker}`, title: `United States announces 25 percent tariff on steel pipe (${marker})`, text: paragraph.repeat(4), author: null,
    claimedLanguage: 'en', publishedAt: now, publishedConfidence: 'stated', firstSeenAt: now, fetchedAt: now, alertable: true,
  };
}
