import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { ButtonLink } from '../app/links.tsx';

interface ArticleToolbarProps {
  readonly from: string | undefined;
  readonly onBack: () => void;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** The way back to the list, and along it. */
export function ArticleToolbar({ from, onBack, onPrevious, onNext }: ArticleToolbarProps) {
  const arrow = <IconArrowLeft size={16} aria-hidden />;
  return (
    <Group justify="space-between" mb="md" ml={-10}>
      {from === undefined ? (
        <ButtonLink variant="subtle" color="gray" size="compact-md" leftSection={arrow} to="/articles">
          All articles
        </ButtonLink>
      ) : (
        <Button variant="subtle" color="gray" size="compact-md" leftSection={arrow} onClick={onBack}>
          Back to the results
        </Button>
      )}
      {from !== undefined && (
        <Group gap={4}>
          <Tooltip label="Previous in the list (k)">
            <ActionIcon variant="default" aria-label="Previous article" disabled={onPrevious === undefined} onClick={onPrevious}>
              <IconChevronUp size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Next in the list (j)">
            <ActionIcon variant="default" aria-label="Next article" disabled={onNext === undefined} onClick={onNext}>
              <IconChevronDown size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      )}
    </Group>
  );
}
