import { Page } from '../app/page.tsx';

export function ChannelsPage() {
  return <Page title="Channels">{null}</Page>;
}
