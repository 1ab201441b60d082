/** What the shell is told at the end. `failed` also stands for one bad line or file among good ones. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;
