import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Mark, MarkedTag } from '../api/marks.ts';
import classes from './marks.module.css';
import { useMarking } from './use-marks.ts';

interface MarkControlProps {
  readonly about: MarkedTag;
  /** What the tag is called. */
  readonly label: string;
  readonly marks: readonly Mark[];
}

const choices = [
  { verdict: 'right', icon: IconCheck, says: 'is right' },
  { verdict: 'wrong', icon: IconX, says: 'is wrong' },
] as const;

/** Two buttons that say whether a tag is right or wrong; pressing the pressed one takes the word back. */
export function MarkControl({ about, label, marks }: MarkControlProps) {
  const { verdict, others, toggle } = useMarking(about, marks);
  return (
    <span role="group" aria-label={`Is the tag ${label} right?`} className={classes['control']} data-marked={verdict}>
      {choices.map(({ verdict: choice, icon: Glyph, says }) => (
        <Tooltip key={choice} label={`${verdict === choice ? 'Take back: ' : ''}“${label}” ${says}${others === undefined ? '' : ` (${others})`}`}>
          <UnstyledButton className={classes['choice']} data-verdict={choice} aria-pressed={verdict === choice} aria-label={`${label} ${says}`} onClick={() => toggle(choice)}>
            <Glyph size={15} stroke={2.2} aria-hidden />
          </UnstyledButton>
        </Tooltip>
      ))}
    </span>
  );
}
