import { useMemo } from 'react';
import classes from './article-page.module.css';
import { paragraphsOf, spansIn, type KeyedSpan } from './evidence-segments.ts';
import { MarkedText } from './marked-text.tsx';

interface ArticleTextProps {
  readonly text: string;
  readonly language: string;
  readonly spans: readonly KeyedSpan[];
  readonly activeKey: string | undefined;
  readonly labelOf: (key: string) => string;
}

/** The text in paragraphs. Only the paragraphs that hold the active claim are drawn anew when it changes. */
export function ArticleText({ text, language, spans, activeKey, labelOf }: ArticleTextProps) {
  const paragraphs = useMemo(() => paragraphsOf(text).map((paragraph) => ({ start: paragraph.start, text: paragraph.text, spans: spansIn(paragraph, spans) })), [text, spans]);
  return (
    <div className={classes['text']} lang={language}>
      {paragraphs.map((paragraph) => (
        <p key={paragraph.start}>
          <MarkedText text={paragraph.text} spans={paragraph.spans} activeKey={paragraph.spans.some(({ key }) => key === activeKey) ? activeKey : undefined} labelOf={labelOf} />
        </p>
      ))}
    </div>
  );
}
