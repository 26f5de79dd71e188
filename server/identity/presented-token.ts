export const sessionCookie = 'carebell_session';

/** A tool's token begins with this, so that one that leaked into a text is recognised as ours. */
export const toolTokenPrefix = 'carebell_';

export type Credentials = { cookie?: string | undefined; authorization?: string | undefined };
export type PresentedToken = { of: 'session' | 'token'; token: string };

/**
 * What a request shows of itself. An `Authorization` header decides alone: a tool that sends a wrong one is told so even
 * if its browser has a session.
 */
export function presentedToken({ cookie, authorization }: Credentials): PresentedToken | undefined {
  if (authorization !== undefined) {
    const token = /^Bearer +([A-Za-z0-9_-]{20,200})$/i.exec(authorization)?.[1];
    return token === undefined ? undefined : { of: 'token', token };
  }
  const token = /(?:^|;) *carebell_session=([A-Za-z0-9_-]{20,200}) *(?:;|$)/.exec(cookie ?? '')?.[1];
  return token === undefined ? undefined : { of: 'session', token };
}
