import { config } from 'zod';

// The hub's content security policy forbids `new Function`, which zod would try for speed as soon as a schema is made;
// so this must run before any module that makes one.
config({ jitless: true });
const { openPage } = await import('./app/open-page.tsx');
await openPage();
