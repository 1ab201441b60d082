import { Page } from '../app/page.tsx';

export function ArticlePage() {
  return <Page title="Article">{null}</Page>;
}
