import { memo } from 'react';
import { segmentsOf, type KeyedSpan } from './evidence-segments.ts';
import classes from './article-page.module.css';

interface MarkedTextProps {
  readonly text: string;
  readonly spans: readonly KeyedSpan[];
  /** The claim that is lit up, where this text holds evidence of it. */
  readonly activeKey: string | undefined;
  readonly labelOf: (key: string) => string;
}

/** A text with its evidence marked: quiet at rest, lit up for the tag in hand. */
export const MarkedText = memo(function MarkedText({ text, spans, activeKey, labelOf }: MarkedTextProps) {
  return segmentsOf(text, spans).map(({ start, text: part, keys }) => {
    if (keys.length === 0) return part;
    const isActive = activeKey !== undefined && keys.includes(activeKey);
    return (
      <mark
        key={start}
        className={classes['mark']}
        data-active={isActive || undefined}
        data-development={keys.some((key) => key.startsWith('development:')) || undefined}
        title={`Evidence of ${[...new Set(keys.map(labelOf))].join(', ')}`}
      >
        {part}
      </mark>
    );
  });
});
