import classes from './state-dot.module.css';

export type Tone = 'good' | 'bad' | 'busy' | 'warn' | 'idle';

/** A state in words, with a dot in its colour for the eye that skims. */
export function StateDot({ tone, children }: { readonly tone: Tone; readonly children: React.ReactNode }) {
  return (
    <span className={classes['state']} data-tone={tone}>
      <span>{children}</span>
    </span>
  );
}
