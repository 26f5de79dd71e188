import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { Aedes } from 'aedes';
import { inventedPlace } from '../place.ts';
import type { Wanted } from '../place.ts';
import { openBareFeed } from './bare-feed.ts';
import { openPlainJournal } from './plain-journal.ts';
import { scratchDirectory } from './scratch-directory.ts';
import { serve } from './serve.ts';

/** Aedes alone, or with nothing but a journal between PUBLISH and PUBACK. */
await serve(async ({ wanted, isJournaled }: { wanted: Wanted; isJournaled: boolean }) => {
  const directory = scratchDirectory();
  const journal = isJournaled ? await openPlainJournal(join(directory, 'journal.db')) : undefined;
  const feed = await openBareFeed();
  const aedes = new Aedes({
    concurrency: 0,
    ...(journal && {
      authorizePublish: (_, { topic, payload }, callback) => journal.append({ topic, payload }, callback),
    }),
  });
  await aedes.listen();
  aedes.on('publish', ({ topic, payload }, client) => {
    if (client) feed.published(topic, Buffer.from(payload));
  });
  const tcp = createServer({ noDelay: true }, (socket) => void aedes.handle(socket));
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');

  return {
    place: inventedPlace(wanted, (tcp.address() as AddressInfo).port, {
      url: feed.url,
      cookie: '',
    }),
    async end() {
      const stored = journal ? await journal.close() : null;
      return { stored, refused: 0 };
    },
  };
});
