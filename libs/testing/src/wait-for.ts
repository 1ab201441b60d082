/** Waits until `condition` returns something truthy and returns it. @throws Error saying what was awaited after `timeoutMs`. */
export async function waitFor<T>(what: string, condition: () => T | Promise<T>, timeoutMs = 20_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value as NonNullable<T>;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}${lastError instanceof Error ? `: ${lastError.message}` : ''}`, { cause: lastError });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
