/** What something is called in the three languages of the taxonomy. */
export interface Names {
  readonly en: string;
  readonly es: string;
  readonly fr: string;
}

/** Names of ISO 3166 codes from the Unicode data that Node carries; it knows EU too. */
export function countryNames(id: string): Names {
  const nameIn = (language: string): string => new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(id) ?? id;
  return { en: nameIn('en'), es: nameIn('es'), fr: nameIn('fr') };
}
