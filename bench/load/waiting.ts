export async function millisecondsPass(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Rejects when it takes longer than it may. */
export async function until(isSo: () => boolean, limitMs: number, what: string): Promise<void> {
  const startedAtMs = performance.now();
  while (!isSo()) {
    if (performance.now() - startedAtMs > limitMs)
      throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await millisecondsPass(5);
  }
}
