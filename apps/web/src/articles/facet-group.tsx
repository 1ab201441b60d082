import { Checkbox, Group, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState } from 'react';
import classes from './filters.module.css';
import type { FacetOption } from './facet-options.ts';

interface FacetGroupProps {
  readonly title: string;
  readonly options: readonly FacetOption[];
  readonly onToggle: (value: string) => void;
  readonly isInitiallyOpen: boolean;
}

const shownAtFirst = 6;

/** One filter: its values with how many articles each would show. */
export function FacetGroup({ title, options, onToggle, isInitiallyOpen }: FacetGroupProps) {
  const selectedCount = options.filter(({ isSelected }) => isSelected).length;
  const [isOpen, setOpen] = useState(isInitiallyOpen || selectedCount > 0);
  const [isLong, setLong] = useState(false);
  const id = useId();
  if (options.length === 0) return null;
  const shown = isLong || options.length <= shownAtFirst + 1 ? options : options.filter(({ isSelected }, index) => index < shownAtFirst || isSelected);
  return (
    <section className={classes['facet']} aria-labelledby={`${id}-title`}>
      <h2 className={classes['heading']}>
        <UnstyledButton id={`${id}-title`} className={classes['title']} aria-expanded={isOpen} aria-controls={`${id}-list`} onClick={() => setOpen(!isOpen)}>
          <span>
            {title}
            {selectedCount > 0 && <span className={classes['selected']}>{selectedCount}</span>}
          </span>
          <IconChevronDown size={15} aria-hidden className={classes['chevron'] ?? ''} />
        </UnstyledButton>
      </h2>
      <div id={`${id}-list`} hidden={!isOpen}>
        {shown.map(({ value, label, count, isSelected }) => (
          <Group key={value} wrap="nowrap" gap={6} className={classes['option'] ?? ''} data-empty={count === 0 || undefined}>
            <Checkbox
              size="xs"
              checked={isSelected}
              onChange={() => onToggle(value)}
              label={label}
              aria-label={`${label}, ${count} ${count === 1 ? 'article' : 'articles'}`}
              classNames={{ root: classes['check'] ?? '', body: classes['checkBody'] ?? '', labelWrapper: classes['checkLabel'] ?? '', label: classes['checkText'] ?? '' }}
            />
            <Text span size="xs" c="dimmed" className={classes['count'] ?? ''} aria-hidden>
              {count.toLocaleString('en')}
            </Text>
          </Group>
        ))}
        {(shown.length < options.length || isLong) && (
          <UnstyledButton className={classes['more']} onClick={() => setLong(!isLong)}>
            {isLong ? 'Show fewer' : `Show all ${options.length}`}
          </UnstyledButton>
        )}
      </div>
    </section>
  );
}
