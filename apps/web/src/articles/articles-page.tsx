import { Page } from '../app/page.tsx';

export function ArticlesPage() {
  return <Page title="Articles">{null}</Page>;
}
