import type { ChannelSecrets, ChannelSettings } from '@carebell/contracts/channels.ts';
import type { Channel, Receipt } from '../../notification/channel.ts';
import { nodeTls } from '../../node-http.ts';
import { refusalOf, refused } from './http-exchange.ts';
import type { Refused } from './http-exchange.ts';

/** Nothing to wait for this long means that nobody is there, whatever the limit of the whole attempt. */
const silenceMs = 15_000;

/** E-mail by SMTP. The server's acceptance is all that is ever known: who reads a mail does not say so. */
export function openEMail(settings: ChannelSettings<'e-mail'>, secrets: ChannelSecrets<'e-mail'>): Channel {
  const { host, port, security, userName, from, ca } = settings;
  const options = {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(userName === '' ? {} : { auth: { user: userName, pass: secrets.password ?? '' } }),
    ...(ca === undefined ? {} : { tls: { ca: [...nodeTls.rootCertificates, ca] } }),
  };
  // Loaded with the first mail: a hub without e-mail does not pay for it.
  let opened: ReturnType<typeof open> | undefined;
  const open = async () => (await import('nodemailer')).createTransport(options);
  const transport = () => (opened ??= open());
  return {
    async send({ id, address, title, text, urgency }, signal) {
      try {
        const sent = await (
          await transport()
        ).sendMail({
          from,
          to: { name: '', address },
          subject: title,
          text,
          // A mail server throws away a repeat with the same identifier, or its reader folds both into one.
          messageId: `<${id}@${from.replace(/^.*@/, '').replace(/>.*$/, '')}>`,
          priority: urgency < 2 ? 'high' : 'normal',
          headers: { 'auto-submitted': 'auto-generated' },
          signal,
        });
        return accepted(sent.messageId, sent.response);
      } catch (error) {
        return refusalOfMail(error);
      }
    },
    async probe(signal) {
      const { promise: aborted, resolve: abort } = Promise.withResolvers<Receipt>();
      const onAbort = (): void => abort(refused('timed-out', ''));
      signal.addEventListener('abort', onAbort, { once: true });
      const verified = transport()
        .then((mail) => mail.verify())
        .then(() => accepted('', ''), refusalOfMail);
      const outcome = await Promise.race([verified, aborted]);
      signal.removeEventListener('abort', onAbort);
      return outcome;
    },
  };
}

function accepted(receiptId: string, answer: string): Receipt {
  return { is: 'accepted', receiptId, reportWithinMs: null, answer: answer.slice(0, 500) };
}

type MailError = {
  code?: string;
  originalCode?: string;
  message: string;
  response?: string;
  responseCode?: number;
};

/** By the error's code and, where the server said something, by its reply (RFC 5321 §4.2.1: 4yz passes, 5yz stays). */
function refusalOfMail(error: unknown): Refused {
  const { code, originalCode, message, response, responseCode } = error as MailError;
  const said = response ?? message;
  switch (code) {
    case 'EABORT':
    case 'ETIMEDOUT':
      return refused('timed-out', said);
    case 'ETLS':
    case 'EREQUIRETLS':
      return refused('tls-failed', message);
    case 'EAUTH':
    case 'ENOAUTH':
      return refused('credentials-refused', said);
    case 'EENVELOPE':
      if (responseCode !== undefined && responseCode < 500) return refused('server-failed', said);
      return refused('address-refused', said);
    case 'EMESSAGE':
      if (responseCode !== undefined && responseCode < 500) return refused('server-failed', said);
      return refused('message-refused', said);
    case 'EPROTOCOL':
      return refused('server-failed', said);
    default:
      return { ...refusalOf({ code: originalCode ?? code, message }), answer: said.slice(0, 500) };
  }
}
