/** The article that was read last, so that the list a reader comes back to goes on from there. Lives as long as the tab. */
let lastOpened: string | undefined;

export function rememberOpened(articleId: string): void {
  lastOpened = articleId;
}

/** Gives the article once, then forgets it. */
export function takeLastOpened(): string | undefined {
  const articleId = lastOpened;
  lastOpened = undefined;
  return articleId;
}
