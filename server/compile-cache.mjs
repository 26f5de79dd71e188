// Loaded before anything else, in the process and in each of its threads (`node --import`). JavaScript, because loading the
// type stripper is what it saves: types are stripped and code is compiled once and not at every start.
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';

// Loading modules would let the young generation of each thread grow to 16 MB, which V8 keeps. It may grow with the load, after
// the start. One setting for all threads.
if (isMainThread) setFlagsFromString('--semi-space-growth-factor=1');
// After the flag: what is compiled under other flags is kept apart, and a thread would not find what the process has.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'node'));

setTimeout(() => {
  if (isMainThread) setFlagsFromString('--semi-space-growth-factor=2');
  flushCompileCache();
  // What loading has left behind, a tenth of the hub's memory, would stay: a thread that idles allocates too little for V8 to
  // look. It takes less than 0.1 s, once. Only there if Node was told to (`--expose-gc`).
  globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' });
}, 3_000).unref();
