/** The honest name every request carries: what we are, and whom to write to about us. */
export function userAgent(contact: string): string {
  return `tradewatch/0.1 (trade-policy news reader; ${contact.replaceAll(/[^\x20-\x7e]|[()]/g, '')})`;
}
