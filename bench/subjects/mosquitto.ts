import { buildTopic } from '@carebell/contracts/topics.ts';
import { inventedPlace } from '../place.ts';
import type { Wanted } from '../place.ts';
import { openBareFeed } from './bare-feed.ts';
import { cpuMsOf } from './cpu-of.ts';
import { startMosquitto } from './mosquitto-process.ts';
import { scratchDirectory } from './scratch-directory.ts';
import { serve } from './serve.ts';

const everyEvent = buildTopic({ of: 'device', deviceId: '+', kind: 'event' });
const savedOnChange = ['autosave_on_changes true', 'autosave_interval 1'];

/**
 * Mosquitto with a subscriber, because without one it keeps nothing: for throughput a session that is away, whose queue
 * it must keep; for latency this process, which passes each press to Socket.IO.
 */
await serve(async (setting: { program: string; wanted: Wanted; isSavedOnChange: boolean }) => {
  const further = setting.isSavedOnChange ? savedOnChange : [];
  const broker = await startMosquitto(setting.program, scratchDirectory(), further);
  const feed = await openBareFeed();
  const subscriber = await broker.connect('archive');
  await subscriber.subscribe(everyEvent, 1);
  if (setting.wanted.buttons === 0) await subscriber.close();
  else subscriber.onPublish(({ topic, payload }) => feed.published(topic, Buffer.from(payload)));

  return {
    place: inventedPlace(setting.wanted, broker.port, { url: feed.url, cookie: '' }),
    cpuMs: () => cpuMsOf(broker.pid),
    async end() {
      await broker.end();
      return { stored: null, refused: 0 };
    },
  };
});
