import { useCallback, useEffect, useState } from 'react';
import classes from './article-page.module.css';

export interface Spotlight {
  /** The claim whose evidence is lit: the one pointed at or focused, else the chosen one. */
  readonly activeKey: string | undefined;
  readonly pinnedKey: string | undefined;
  readonly release: () => void;
  /** Handlers for the control that stands for a claim. */
  bind(key: string): {
    readonly onMouseEnter: () => void;
    readonly onMouseLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
    readonly onClick: () => void;
  };
}

/** Which claim's evidence is lit up in the article. */
export function useSpotlight(): Spotlight {
  const [hoveredKey, setHovered] = useState<string>();
  const [pinnedKey, setPinned] = useState<string>();
  useEffect(() => {
    if (pinnedKey === undefined) return;
    const first = document.querySelector(`.${classes['mark']}[data-active]`);
    const place = first?.getBoundingClientRect();
    if (place !== undefined && (place.top < 60 || place.bottom > window.innerHeight)) first?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  }, [pinnedKey]);
  const release = useCallback(() => setPinned(undefined), []);
  const bind = useCallback(
    (key: string) => ({
      onMouseEnter: () => setHovered(key),
      onMouseLeave: () => setHovered(undefined),
      onFocus: () => setHovered(key),
      onBlur: () => setHovered(undefined),
      onClick: () => setPinned((current) => (current === key ? undefined : key)),
    }),
    [],
  );
  return { activeKey: hoveredKey ?? pinnedKey, pinnedKey, release, bind };
}
