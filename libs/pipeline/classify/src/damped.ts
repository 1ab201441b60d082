/** Evidence counts less the more of it there is: log(1 + x), 0 for the many places that hold none. */
export function damped(score: number): number {
  return score === 0 ? 0 : Math.log(1 + score);
}
