/** Aggregators append the publisher to a headline ("… - Inside U.S. Trade"); its words say nothing of the subject. */

const LONGEST_PUBLISHER = 90;
const MOST_WORDS = 11;

/**
 * Where the headline proper ends, as an offset into the title. Only a headline alone carries its publisher; with a text, the part
 * after a dash is a subtitle and stays.
 */
export function headlineEnd(title: string, text: string): number {
  if (text.trim() !== '' && text.length > 60) return title.length;
  const from = Math.max(0, title.length - 400);
  let cut = Math.max(title.lastIndexOf(' - '), title.lastIndexOf(' – '), title.lastIndexOf(' — '));
  if (cut < from) return title.length;
  const bar = title.lastIndexOf(' | ');
  if (bar > 0 && bar < cut && cut - bar < 60 && /(Center|Council|Institute|Foundation|Blogs|News)/.test(title.slice(cut))) cut = Math.min(cut, title.length);
  const publisher = title.slice(cut + 3).trim();
  if (publisher.length > LONGEST_PUBLISHER || publisher.split(/\s+/).length > MOST_WORDS || cut < 12) return title.length;
  return cut;
}

/** The country whose government publishes, told by the publisher after a headline; undefined for the press. */
export function publisherCountry(title: string, headline: number): 'US' | 'MX' | 'CA' | undefined {
  if (headline >= title.length) return undefined;
  const publisher = title.slice(headline);
  if (/global affairs canada|affaires mondiales|canada\.ca|government of canada|gouvernement du canada|statistics canada|CBSA|ASFC/i.test(publisher)) return 'CA';
  if (/gob\.mx|gobierno de m[ée]xico|secretar[íi]a de/i.test(publisher)) return 'MX';
  return undefined;
}
