import type { Server as HttpServer } from 'node:http';
import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import type { ChainEvent, ChainState } from '@carebell/contracts/chain.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { feedAuthSchema, liveFeedPath, pulseEveryMs } from '@carebell/contracts/live-feed.ts';
import type { AlarmNews, HubToScreen, ScreenToHub } from '@carebell/contracts/live-feed.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { Server } from 'socket.io';
import type { AlarmReads } from '../alarm/alarm-reads.ts';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import type { AuthenticatedUser } from '../identity/sessions.ts';
import type { Gate } from '../journal/gate.ts';
import type { AlarmBoard } from './alarm-board.ts';
import { maySee, roomsOfAlarm, roomsOfScreen } from './audience.ts';
import { answerScreenCalls } from './screen-calls.ts';
import type { AlarmCalls } from './screen-calls.ts';
import type { Screen, ScreenIdentity } from './screen.ts';

type Credentials = { cookie?: string | undefined; authorization?: string | undefined };

export type LiveFeedPorts = {
  gate: Gate;
  board: AlarmBoard;
  reads: Pick<AlarmReads, 'changedSince'>;
  directory: Directory;
  clock: Clock;
  calls: AlarmCalls;
  authenticate(credentials: Credentials): Promise<AuthenticatedUser | undefined>;
  mayReadAlarms(user: AuthenticatedUser): boolean;
  /** Same-origin rule for browsers: CORS does not stop a WebSocket. */
  isOriginAllowed(origin: string | undefined, host: string | undefined): boolean;
  /** Counts a screen that was turned away. */
  recordRefusal(refusal: { reason: RefusalReason; subject: string }): void;
  /** Somebody's access has changed: their screens must show who they are again. */
  watchAccess(watcher: () => void): () => void;
  chain(): ChainState;
  troubled(event: string, error: unknown): void;
};

export type LiveFeed = {
  screens(): number;
  /** Where the users of the connected screens stand. */
  organisations(): ReadonlySet<string>;
  /** Sends the synthetic event to every screen that answers it; returns to how many. */
  probe(event: ChainEvent, withinMs: number, answered: () => void): number;
  stop(): Promise<void>;
};

/** Bytes that may wait for one screen; past it the screen is cut and comes back with its cursor. */
const bufferedAtMost = 1024 * 1024;
/** The room of those that show no devices. */
const noDevices = 'no-devices';
/** Those of a room that are sent each alarm in a message of its own, and those that take many in one. */
const each = (room: string): string => `each:${room}`;
const many = (room: string): string => `many:${room}`;
/** A screen whose gap is larger is sent a snapshot instead of a replay. */
const replayAtMost = 2_000;

export function openLiveFeed(http: HttpServer, ports: LiveFeedPorts): LiveFeed {
  const { board, directory, clock, gate } = ports;
  const io = new Server<ScreenToHub, HubToScreen, Record<string, never>, ScreenIdentity>(http, {
    path: liveFeedPath,
    transports: ['websocket'],
    serveClient: false,
    pingInterval: 5_000,
    pingTimeout: 4_000,
    maxHttpBufferSize: 64 * 1024,
    destroyUpgrade: false,
    allowRequest: ({ headers }, decide) => {
      const isAllowed = ports.isOriginAllowed(headers.origin, headers.host);
      if (!isAllowed) ports.recordRefusal({ reason: 'screen-foreign-origin', subject: 'unknown-screen' });
      decide(null, isAllowed);
    },
  });

  io.use((socket, next) => {
    void admit(socket).then(
      (refusal) => (refusal === undefined ? next() : next(refusal)),
      (error: unknown) => next(connectError('store-failed', String(error))),
    );
  });

  io.on('connection', (socket) => {
    answerScreenCalls(socket, ports.calls);
    void greet(socket).catch((error: unknown) => {
      ports.troubled('live-feed.greeting-failed', error);
      socket.disconnect(true);
    });
  });

  async function admit(socket: Screen): Promise<Error | undefined> {
    const user = await ports.authenticate(credentialsOf(socket));
    if (!user) return refuse('unauthorized', 'log in first', undefined);
    if (!ports.mayReadAlarms(user)) return refuse('forbidden', 'this role does not watch alarms', user);
    const auth = feedAuthSchema.safeParse(socket.handshake.auth);
    if (!auth.success) {
      return refuse('bad-auth', auth.error.issues.map(({ message }) => message).join('; '), user);
    }
    const {
      screenId,
      cursor = null,
      answersChain = false,
      hearsDevices = true,
      takesMany = false,
    } = auth.data;
    socket.data = { user, screenId, cursor, answersChain, hearsDevices, takesMany };
    return undefined;
  }

  function refuse(
    code: 'unauthorized' | 'forbidden' | 'bad-auth',
    detail: string,
    user: AuthenticatedUser | undefined,
  ): Error {
    ports.recordRefusal({ reason: `screen-${code}`, subject: user?.id ?? 'unknown-screen' });
    return connectError(code, detail);
  }

  /** Either everything open, or what the screen missed: the closed ones from the store, the open ones from memory. */
  async function greet(socket: Screen): Promise<void> {
    const { user, cursor } = socket.data;
    const { organisationId } = user;
    const missed =
      cursor === null || cursor > board.cursor()
        ? null
        : await ports.reads.changedSince(cursor, replayAtMost);
    if (socket.disconnected) return;
    // From here to the last line nothing is awaited, so that no change falls between what is sent and what is joined.
    if (cursor === null || missed === null || missed.length >= replayAtMost) {
      socket.emit('snapshot', board.snapshot(organisationId));
    } else {
      const closed = missed.filter(
        (alarm) => alarm.phase === 'closed' && maySee(organisationId, alarm, directory),
      );
      const open = board.openSince(organisationId, cursor);
      for (const alarm of [...closed, ...open].toSorted((a, b) => a.cursor - b.cursor)) {
        socket.emit('alarm', { cursor: alarm.cursor, alarm });
      }
      socket.emit('caught-up', { cursor: board.cursor(), at: instant(clock.now()) });
    }
    void socket.join(roomsOf(socket));
    socket.emit('pulse', pulse());
  }

  board.listen({
    changed: (alarm: AlarmView) => spread(alarm, { cursor: alarm.cursor, alarm }),
    notStoredEnded: (alarm) => spread(alarm, { notStoredEnded: alarm.id }),
  });
  gate.listen({
    committed({ devices, requests, lastSeq, directory: changed }) {
      if (changed?.organisations) moveScreens();
      for (const device of devices)
        io.to(roomsOfDevice(device)).except(noDevices).emit('device', { cursor: lastSeq, device });
      for (const { places, ...request } of requests)
        io.to(roomsOfPlaces(places)).emit('request', { cursor: lastSeq, request });
    },
  });

  /** What has changed in this turn of the event loop, by the rooms that must hear of it. */
  let gathered = new Map<string, { rooms: readonly string[]; news: AlarmNews[] }>();

  /** In a storm a commit holds dozens of alarms, and a page takes longer to receive a message than to show what it holds. */
  function spread(about: AlarmView, news: AlarmNews): void {
    const rooms = roomsOfAlarm(about, directory);
    const those = rooms.map(each);
    if (areThere(those)) {
      if ('alarm' in news) io.to(those).emit('alarm', news);
      else io.to(those).emit('not-stored-ended', { alarmId: news.notStoredEnded });
    }
    const key = rooms.join(' ');
    const known = gathered.get(key);
    if (known) {
      known.news.push(news);
      return;
    }
    if (gathered.size === 0) queueMicrotask(sendGathered);
    gathered.set(key, { rooms: rooms.map(many), news: [news] });
  }

  function sendGathered(): void {
    const all = gathered;
    gathered = new Map();
    for (const { rooms, news } of all.values()) if (areThere(rooms)) io.to([...rooms]).emit('alarms', news);
  }

  function areThere(rooms: readonly string[]): boolean {
    const taken = io.of('/').adapter.rooms;
    return rooms.some((room) => taken.has(room));
  }

  /** A station that moved below another street has other neighbours. */
  function moveScreens(): void {
    for (const socket of io.of('/').sockets.values()) {
      for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
      void socket.join(roomsOf(socket));
    }
  }

  function roomsOf({ data: { user, hearsDevices, takesMany } }: Screen): string[] {
    const rooms = roomsOfScreen(user.organisationId, directory);
    const ofAlarms = rooms.map(takesMany ? many : each);
    return [...rooms, ...ofAlarms, ...(hearsDevices ? [] : [noDevices])];
  }

  const roomsOfDevice = ({ stationId }: Device): string[] =>
    roomsOfAlarm({ stationId, audience: 'station' }, directory);

  const roomsOfPlaces = (places: readonly string[]): string[] => [
    ...new Set(
      (places.length === 0 ? [null] : places).flatMap((stationId) =>
        roomsOfAlarm({ stationId, audience: 'station' }, directory),
      ),
    ),
  ];

  const pulse = () =>
    ({
      at: instant(clock.now()),
      cursor: board.cursor(),
      store: gate.store().is,
      chain: ports.chain(),
    }) as const;

  const inspectAll = (): void => {
    for (const socket of io.of('/').sockets.values()) void inspect(socket);
  };
  const endPulse = clock.every(pulseEveryMs, () => {
    io.emit('pulse', pulse());
    inspectAll();
  });
  const endWatch = ports.watchAccess(inspectAll);

  /** A screen whose session has ended, whose user sees another part now, or that does not read, is cut. */
  async function inspect(socket: Screen): Promise<void> {
    if (bufferedBytes(socket) > bufferedAtMost) {
      socket.disconnect(true);
      return;
    }
    const { user } = socket.data;
    const now = await ports.authenticate(credentialsOf(socket)).catch(() => user);
    if (now?.role !== user.role || now.organisationId !== user.organisationId) socket.disconnect(true);
  }

  return {
    screens: () => io.of('/').sockets.size,
    organisations: () =>
      new Set([...io.of('/').sockets.values()].map(({ data }) => data.user.organisationId)),
    probe(event, withinMs, answered) {
      const screens = [...io.of('/').sockets.values()].filter(({ data }) => data.answersChain);
      for (const screen of screens) {
        screen.timeout(withinMs).emit('chain', event, (error) => {
          if (error === null) answered();
        });
      }
      return screens.length;
    },
    async stop() {
      endPulse();
      endWatch();
      await io.close();
    },
  };
}

function credentialsOf(socket: Screen): Credentials {
  const { cookie, authorization } = socket.handshake.headers;
  return { cookie, authorization };
}

function connectError(code: string, detail: string): Error {
  return Object.assign(new Error(detail), { data: { code } });
}

/** Bytes written to this screen's WebSocket that the kernel has not taken yet. */
function bufferedBytes(socket: Screen): number {
  const transport: unknown = socket.conn.transport;
  if (typeof transport !== 'object' || transport === null || !('socket' in transport)) return 0;
  const webSocket = transport.socket;
  if (typeof webSocket !== 'object' || webSocket === null || !('bufferedAmount' in webSocket)) return 0;
  return Number(webSocket.bufferedAmount);
}
