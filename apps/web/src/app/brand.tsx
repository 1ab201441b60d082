import classes from './brand.module.css';

/** The mark and the name. */
export function Brand() {
  return (
    <span className={classes['brand']}>
      <svg viewBox="0 0 32 32" width={26} height={26} aria-hidden>
        <rect width="32" height="32" rx="8" fill="#0b6b75" />
        <path d="M7 21.5 13 14l4.5 4.5L25 9" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
        <circle cx="25" cy="9" r="3" fill="#ffc24b" />
      </svg>
      tradewatch
    </span>
  );
}
