const answerWithinMs = 10_000;

type Ask = (path: string, init: RequestInit) => Promise<Response>;

/**
 * Asks who sits here while the page's code is still on its way. The first question for the same path is answered by
 * this one; `isKnown` resolves as soon as it is clear whether somebody is logged in, and never rejects.
 */
export function askEarly(path: string, ask: Ask): { ask: Ask; isKnown: Promise<boolean> } {
  let early: Promise<Response> | undefined = ask(path, {
    method: 'GET',
    signal: AbortSignal.timeout(answerWithinMs),
  });
  const isKnown = early.then(
    (response) => response.ok,
    () => false,
  );
  return {
    isKnown,
    ask: (asked, init) => {
      const answer = early;
      if (answer === undefined || asked !== path || init.method !== 'GET') return ask(asked, init);
      early = undefined;
      return answer;
    },
  };
}
