/** A browser may leave a refused gesture unanswered; the log-in must not wait for it. */
export async function settled(unlocking: Promise<boolean>): Promise<boolean> {
  const notInTime = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), 300);
  });
  return Promise.race([unlocking, notInTime]);
}
