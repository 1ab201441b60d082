/** What PostgreSQL's text can hold: every NUL and lone surrogate replaced by U+FFFD, one for one, so that offsets into it keep their meaning. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
