import { config } from 'zod';
import { askEarly } from './app/early-session.ts';

// A resident's tablet has a page of its own, in which nobody is logged in.
if (location.pathname === '/terminal') {
  config({ jitless: true });
  const { openTerminal } = await import('./terminal/open-terminal.tsx');
  await openTerminal();
} else await openStation();

async function openStation(): Promise<void> {
  // Asked first of all: the answer comes while the code of the page is still loading.
  const session = askEarly('/api/v1/session', (path, init) => fetch(path, init));

  // The hub's content security policy forbids `new Function`, which zod would try for speed as soon as a schema is made;
  // so this must run before any module that makes one.
  config({ jitless: true });
  const opening = import('./app/open-page.tsx');
  // Who is logged in sees the wall, so that its code need not wait for the first painting.
  const station = session.isKnown.then(async (isKnown) => {
    if (!isKnown) return undefined;
    const [loaded] = await Promise.allSettled([import('./app/Station.tsx')]);
    // If it has not come, the page asks for it again, and says what is wrong.
    return loaded.status === 'fulfilled' ? loaded.value.Station : undefined;
  });
  const { openPage } = await opening;
  await openPage({ ask: session.ask, station });
}
