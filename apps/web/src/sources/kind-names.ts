/** What a source can be, as a person would say it. */
export const kindNames: Readonly<Record<string, string>> = {
  rss: 'RSS feed',
  atom: 'Atom feed',
  'json-feed': 'JSON feed',
  'html-list': 'Web page with a list',
  sitemap: 'Sitemap',
  'federal-register': 'Federal Register',
  govdelivery: 'GovDelivery bulletins',
  'canada-news': 'Canada’s news service',
  dof: 'Diario Oficial, by the day',
};

/** What the address of a kind must be, where that is not plain. */
export const addressHints: Readonly<Record<string, string>> = {
  'html-list': 'The page that lists the articles',
  sitemap: 'A sitemap, best a news sitemap, or the index of several',
  'federal-register': 'A search of its API: …/api/v1/documents.json?…',
  govdelivery: 'The JSON of a bulletin widget: …/widgets/….json',
  'canada-news': 'An address of api.io.canada.ca, as Atom or JSON',
  dof: 'The index of one day, with {DD-MM-YYYY} where the day stands',
};
