import type { Duplex } from 'node:stream';
import { parseTopic } from '@carebell/contracts/topics.ts';
import type { Topic } from '@carebell/contracts/topics.ts';
import type { PublishPacket } from 'aedes';
import type { Limits } from './config.ts';
import { disconnectType, guardReads, PacketScanner } from './packet-size-guard.ts';
import type { ScanResult } from './packet-size-guard.ts';
import type { Account, IntakeVerdict, PresenceCause, Publication } from './ports.ts';
import type { Throttle } from './throttle.ts';

/** One publication on its way through intake. Those of QoS 1 and 2 are acknowledged in the order of their arrival. */
export type Arrival = {
  connection: Connection;
  packet: PublishPacket;
  /** Absent for one that is refused but acknowledged in its turn. */
  publication: Publication | undefined;
  /** What Aedes waits for before it writes the PUBACK; an error closes the connection. */
  callback: (error?: Error | null) => void;
  verdict: IntakeVerdict | undefined;
};

/** What a client has shown in its TLS handshake and an authority of the hub has signed. */
export type ClientCertificate = { name: string; fingerprint: string };

export type ConnectionOptions = {
  number: number;
  stream: Duplex;
  address: string;
  certificate?: ClientCertificate | undefined;
  limits: Limits;
  now: () => number;
  /** While true nothing is read from any connection. */
  isReadingHeld: () => boolean;
  refusedPacket: (connection: Connection, result: Exclude<ScanResult, 'ok'>) => void;
};

/** A client's connection, from accept to close. */
export class Connection {
  readonly number: number;
  readonly stream: Duplex;
  readonly address: string;
  readonly certificate: ClientCertificate | undefined;
  readonly #limits: Limits;
  readonly #scanner: PacketScanner;
  readonly #line: Arrival[] = [];
  #lineHead = 0;
  #inFlight = 0;
  #inFlightBytes = 0;
  #answeredEarly = 0;
  #lastTopic: { text: string; topic: Topic | undefined } = { text: '', topic: undefined };

  account: Account | undefined;
  from: Publication['from'] | undefined;
  /** The name that Aedes knows this client by; see `login.ts`. */
  clientKey = '';
  will: PublishPacket | undefined;
  /** Refused by its client identifier; told in the CONNACK. */
  isIdRefused = false;
  /** Of a claimant: which code it has signed in with. */
  ticket: string | undefined;
  keepAliveMs = 0;
  lastReadAtMs: number;
  closeCause: PresenceCause | undefined;
  isClosed = false;
  /** Its CONNACK has been sent. */
  isWelcomed = false;
  hasReportedError = false;
  overRate = 0;
  readonly filters = new Set<string>();
  throttle: Throttle<Arrival> | undefined;

  constructor(options: ConnectionOptions) {
    this.number = options.number;
    this.stream = options.stream;
    this.address = options.address;
    this.certificate = options.certificate;
    this.#limits = options.limits;
    this.#scanner = new PacketScanner(options.limits.packetBytes);
    this.lastReadAtMs = options.now();
    guardReads(
      options.stream,
      () => !options.isReadingHeld() && !this.isFull(),
      (chunk) => {
        this.lastReadAtMs = options.now();
        const result = this.#scanner.scan(chunk);
        if (result === 'ok') return true;
        options.refusedPacket(this, result);
        return false;
      },
    );
  }

  hasSaidGoodbye(): boolean {
    return this.#scanner.lastType === disconnectType;
  }

  /** Aedes reads on by itself when one in flight is answered, and then finds that it may. */
  isFull(): boolean {
    return (
      this.#inFlight >= this.#limits.inFlightPublications || this.#inFlightBytes >= this.#limits.inFlightBytes
    );
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  entered(arrival: Arrival): void {
    this.#inFlight++;
    this.#inFlightBytes += arrival.packet.payload.length;
  }

  left(arrival: Arrival): void {
    this.#inFlight--;
    this.#inFlightBytes -= arrival.packet.payload.length;
  }

  /**
   * Aedes reads on only when every packet of its last read is answered: a press, or a PINGREQ, behind events that wait
   * for their commit would not even be seen. Its listener counts one answered packet for each call, so this takes
   * one that waits out of its reckoning; what bounds the reading instead is {@link isFull}. A single one that waits is
   * no obstacle: the arrival of more data is such a call.
   */
  readOn(): void {
    if (this.#inFlight < 2) return;
    this.#answeredEarly++;
    if (this.#answeredEarly > 1) return;
    setImmediate(() => {
      const times = this.#answeredEarly;
      this.#answeredEarly = 0;
      for (let time = 0; time < times && !this.isClosed; time++) this.stream.emit('readable');
    });
  }

  /** A device says nearly everything on one topic, which is parsed once. */
  topicOf(text: string): Topic | undefined {
    if (this.#lastTopic.text !== text) this.#lastTopic = { text, topic: parseTopic(text) };
    return this.#lastTopic.topic;
  }

  /** Takes a place in the line of acknowledgements [MQTT-4.6.0-2]. */
  lineUp(arrival: Arrival): void {
    this.#line.push(arrival);
  }

  /** The next arrival in line that has its verdict, taken out of the line. */
  nextAnswered(): Arrival | undefined {
    const first = this.#line[this.#lineHead];
    if (first?.verdict === undefined) return undefined;
    this.#lineHead++;
    if (this.#lineHead === this.#line.length) {
      this.#line.length = 0;
      this.#lineHead = 0;
    } else if (this.#lineHead > 1024) {
      this.#line.splice(0, this.#lineHead);
      this.#lineHead = 0;
    }
    return first;
  }

  /** How long the oldest publication without an answer has waited. */
  oldestWaitMs(nowMs: number): number {
    const first = this.#line[this.#lineHead];
    return first?.publication === undefined ? 0 : nowMs - first.publication.receivedAtMs;
  }

  /** Silent for longer than one and a half keep alives [MQTT-3.1.2-24], and not because the hub holds it back. */
  hasMissedKeepAlive(nowMs: number): boolean {
    return this.account !== undefined && !this.isFull() && nowMs - this.lastReadAtMs > this.keepAliveMs * 1.5;
  }

  close(cause: PresenceCause): void {
    this.closeCause ??= cause;
    this.stream.destroy();
  }
}
