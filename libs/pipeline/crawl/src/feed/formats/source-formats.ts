import { parseFeed } from '../parse-feed.ts';
import type { SourceKind } from '../../source/source.ts';
import type { SourceFormat } from '../feed-result.ts';
import { canadaNews } from './canada-news.ts';
import { dof } from './dof.ts';
import { federalRegister } from './federal-register.ts';
import { govdelivery } from './govdelivery.ts';
import { htmlList } from './html-list.ts';
import { sitemap } from './sitemap.ts';

const feed: SourceFormat = { parse: parseFeed };

/** How each kind of source is read. RSS, Atom and JSON feeds are told apart by their bytes, not by what was claimed. */
export const sourceFormats = {
  rss: feed,
  atom: feed,
  'json-feed': feed,
  'federal-register': federalRegister,
  govdelivery,
  'canada-news': canadaNews,
  dof,
  'html-list': htmlList,
  sitemap,
} as const satisfies Readonly<Record<SourceKind, SourceFormat>>;
