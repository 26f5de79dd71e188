import { config } from 'zod';
import { askEarly } from './app/early-session.ts';

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
