import { z } from 'zod';
import { instantSchema } from './ids.ts';

/**
 * The hops of the synthetic event, in order: `broker` from the hub's own MQTT client until the publication is taken, `journal`
 * until it is committed, `feed` until it is written to the screens, `screen` until the first of them has answered.
 */
export const chainHops = ['broker', 'journal', 'feed', 'screen'] as const;
export type ChainHop = (typeof chainHops)[number];

/** Milliseconds between two synthetic events; after a failure the next comes sooner. */
export const chainEveryMs = 30_000;
/** When one has not gone all the way after this long, the chain is broken where it stopped. */
export const chainLimitMs = 10_000;
/** A screen that answers and has heard of none for so long says so itself. */
export const chainSilentAfterMs = 2 * chainEveryMs + chainLimitMs;

/** Sent to each screen that said `answersChain`; it answers when it would have painted an alarm. */
export const chainEventSchema = z.object({ id: z.string() });
export type ChainEvent = z.infer<typeof chainEventSchema>;

export const chainStateSchema = z.discriminatedUnion('is', [
  /** The first one after a start is on its way. */
  z.object({ is: z.literal('starting') }),
  z.object({ is: z.literal('ok') }),
  z.object({ is: z.literal('broken'), hop: z.enum(chainHops), since: instantSchema }),
]);
export type ChainState = z.infer<typeof chainStateSchema>;

export const chainRunSchema = z.object({
  at: instantSchema,
  /** Milliseconds for each hop that it has made. Without a screen that answers, the way ends at the feed. */
  hops: z.object({
    broker: z.number().optional(),
    journal: z.number().optional(),
    feed: z.number().optional(),
    screen: z.number().optional(),
  }),
  screens: z.number().int(),
  answered: z.number().int(),
  brokenAt: z.enum(chainHops).nullable(),
});
export type ChainRun = z.infer<typeof chainRunSchema>;

/** `GET /supervision/chain`: the last hour, the oldest first. It lies in memory and begins anew with the hub. */
export const chainReportSchema = z.object({
  state: chainStateSchema,
  runs: z.array(chainRunSchema),
  quantiles: z.array(z.object({ hop: z.enum(chainHops), p50: z.number(), p99: z.number() })),
});
export type ChainReport = z.infer<typeof chainReportSchema>;
