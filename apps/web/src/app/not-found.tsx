import { IconMapSearch } from '@tabler/icons-react';
import { Empty } from './empty.tsx';
import { ButtonLink } from './links.tsx';
import { Page } from './page.tsx';

export function NotFound() {
  return (
    <Page title="Page not found">
      <Empty icon={IconMapSearch} title="There is no page at this address" hint="The link may be old, or a part of it may be missing." action={<ButtonLink to="/articles">Go to the articles</ButtonLink>} />
    </Page>
  );
}
