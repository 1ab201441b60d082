import { EmptyState } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';

interface EmptyProps {
  readonly icon: Icon;
  readonly title: string;
  /** What to do next, in one sentence. */
  readonly hint: React.ReactNode;
  readonly action?: React.ReactNode;
}

/** What a page shows instead of nothing. */
export function Empty({ icon: Glyph, title, hint, action }: EmptyProps) {
  return (
    <EmptyState variant="light" py={56} px="md" maw={460} mx="auto" icon={<Glyph stroke={1.6} aria-hidden />} title={title} description={hint}>
      {action !== undefined && <EmptyState.Actions>{action}</EmptyState.Actions>}
    </EmptyState>
  );
}
