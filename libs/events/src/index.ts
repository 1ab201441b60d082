export * from './article.ts';
export * from './catalog.ts';
export * from './classification.ts';
export * from './event.ts';
