import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Problem } from '@carebell/contracts/http-api.ts';
import { acknowledgeCallSchema, closeCallSchema, displayedSchema } from '@carebell/contracts/live-feed.ts';
import type { Answer } from '@carebell/contracts/live-feed.ts';
import type { z } from 'zod';
import type { AuthenticatedUser } from '../identity/sessions.ts';
import type { Screen } from './screen.ts';

/** What a user may do to alarms, the same over HTTP and over the live feed. */
export type AlarmCalls = {
  acknowledge(
    user: AuthenticatedUser,
    call: { alarmId: string; takeOver?: boolean | undefined },
  ): Promise<Answer<AlarmView>>;
  close(user: AuthenticatedUser, call: z.infer<typeof closeCallSchema>): Promise<Answer<AlarmView>>;
  displayed(
    user: AuthenticatedUser,
    screenId: string,
    alarmIds: readonly string[],
  ): Promise<Answer<{ accepted: number }>>;
  badCall(error: z.ZodError): Problem;
  failed(error: unknown): Problem;
};

/** Answers the acknowledged calls of one screen. A call without a callback, or of another form, is answered or ignored, never thrown. */
export function answerScreenCalls(socket: Screen, calls: AlarmCalls): void {
  const { user } = socket.data;
  socket.on('displayed', (body, answer) =>
    respond(displayedSchema, body, answer, ({ alarmIds }) =>
      calls.displayed(user, socket.data.screenId, alarmIds),
    ),
  );
  socket.on('acknowledge', (body, answer) =>
    respond(acknowledgeCallSchema, body, answer, (call) => calls.acknowledge(user, call)),
  );
  socket.on('close', (body, answer) =>
    respond(closeCallSchema, body, answer, (call) => calls.close(user, call)),
  );

  function respond<S extends z.ZodType, T>(
    schema: S,
    body: unknown,
    answer: unknown,
    call: (parsed: z.infer<S>) => Promise<Answer<T>>,
  ): void {
    const reply = typeof answer === 'function' ? (answer as (answer: Answer<T>) => void) : () => undefined;
    const parsed = schema.safeParse(body);
    if (!parsed.success) {
      reply({ ok: false, problem: calls.badCall(parsed.error) });
      return;
    }
    call(parsed.data).then(reply, (error: unknown) => reply({ ok: false, problem: calls.failed(error) }));
  }
}
