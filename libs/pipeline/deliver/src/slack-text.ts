/** Slack's markup: escaping, links and lengths (https://docs.slack.dev/messaging/formatting-message-text/). */

/** The three characters that Slack's markup reserves. */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Cuts a text to at most `most` UTF-16 units after escaping, on a grapheme boundary, with an ellipsis where something is
 * missing. Control characters and line breaks become spaces. Linear in `most`, however long the text is.
 * @returns the escaped text.
 */
export function fitted(text: string, most: number): string {
  const plain = text.slice(0, most * 2 + 100).toWellFormed().replace(/[\p{Cc}\s]+/gu, ' ').trim();
  const escaped = escapeSlack(plain);
  if (escaped.length <= most) return escaped;
  let kept = '';
  for (const { segment } of graphemes.segment(plain)) {
    const next = escapeSlack(segment);
    if (kept.length + next.length > most - 1) break;
    kept += next;
  }
  return `${kept.trimEnd()}…`;
}

// Leaves room for the rest of a section.
const longestUrl = 1_500;

/** A link; characters that would end it are percent-encoded. Without a web address, the escaped text alone. */
export function link(url: string, escapedText: string): string {
  if (!/^https?:\/\//i.test(url) || url.length > longestUrl) return escapedText;
  const target = url.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E').replace(/\s/g, '%20').replaceAll('&', '&amp;');
  if (target.length > longestUrl) return escapedText;
  return `<${target}|${escapedText.replaceAll('|', '¦')}>`;
}

/** A time in the reader's own zone, with a UTC fallback for clients that cannot show it. @param iso ISO 8601. */
export function localTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return 'unknown time';
  const fallback = `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(time.getTime() / 1000)}^{date_short_pretty} {time}|${fallback}>`;
}
