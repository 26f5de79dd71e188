import type {
  Check,
  CommissioningRecord,
  Signature,
  SignedContent,
} from '@carebell/contracts/commissioning.ts';
import { timeAt } from './shown.ts';
import type { Texts } from './texts.ts';

export type Recorded = {
  record: CommissioningRecord;
  content: SignedContent;
  timeZone: string;
  texts: Texts;
};

const style = `body{font:14px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem}
h1{font-size:20px}h2{font-size:15px;margin:1em 0 .2em;break-after:avoid}li{break-inside:avoid}code{overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem}dd{margin:0}
.signatures{display:grid;grid-template-columns:1fr 1fr;gap:2rem;break-inside:avoid;margin-top:1rem}figure{margin:0}
svg{width:100%;height:7rem;border-bottom:1.5px solid}path{fill:none;stroke:#000;stroke-width:2.5;stroke-linecap:round}`;

/** What was signed as a page of its own, which any browser prints. */
export function recordPage({ record, content, timeZone, texts }: Recorded): string {
  const time = (instant: string | null) => safe(timeAt(instant, timeZone));
  const checkItem = (check: Check) => {
    const when = check.passedAt === null ? '' : ` · ${time(check.passedAt)}`;
    const why = check.skipped === null ? '' : ` · ${safe(check.skipped.reason)}`;
    return `<li>${check.state === 'passed' ? '✓' : '↷'} <b>${texts.checks[check.key]}</b>${when}${why}${factsOf(check, texts)}</li>`;
  };
  const devices = content.devices.map(
    ({ deviceId, type, name, room, gatewayId, checks }) =>
      `<h2>${safe([name === '' ? deviceId : name, room].filter((part) => part !== '').join(' · '))} <small>${texts.types[type]} · ${safe(deviceId)}${gatewayId === null ? '' : ` · ${safe(gatewayId)}`}</small></h2><ul>${checks.map(checkItem).join('')}</ul>`,
  );
  const points = content.points.map(
    ({ deviceName, check, reason, owner, dueAt }) =>
      `<li>${safe(deviceName)} · ${texts.checks[check]} · ${safe(reason)} · ${safe(owner)} · ${time(dueAt)}</li>`,
  );
  const { installer, witness } = content;
  return `<!doctype html>
<html lang="${texts.language}"><meta charset="utf-8"><title>${texts.record} ${record.id}</title><style>${style}</style>
<h1>${texts.record}</h1>
<dl><dt>${texts.signedAt}</dt><dd>${time(record.signedAt)}</dd>
<dt>SHA-256</dt><dd><code>${record.sha256}</code> ${record.holds ? `✓ ${texts.holds}` : `✗ ${texts.broken}`}</dd>
<dt>${texts.previous}</dt><dd><code>${record.previousSha256 === '' ? '–' : record.previousSha256}</code></dd></dl>
<p><b>${safe(content.address)}</b><br>${safe(content.stationName)} · ${time(content.startedAt)} · ${safe(content.startedBy.displayName)} · ${safe(content.hubVersion)}</p>
${devices.join('\n')}
<h2>${texts.points}</h2>${points.length === 0 ? '<p>–</p>' : `<ul>${points.join('')}</ul>`}
<div class="signatures">
<figure>${drawn(installer.signature)}<figcaption>${texts.installerIs}: ${safe(installer.name)}</figcaption></figure>
<figure>${drawn(witness.signature)}<figcaption>${texts.witnessRoles[witness.role]}: ${safe(witness.name)}</figcaption></figure>
</div>
`;
}

function factsOf({ evidence }: Check, texts: Texts): string {
  const facts = [
    ...(evidence.presses ?? []).map(({ signal }) => (signal === null ? '' : `${signal} dBm`)),
    ...(evidence.events ?? []).map(({ kind }) => kind),
    evidence.battery === undefined ? '' : `${evidence.battery.percent} %`,
    evidence.shown === undefined
      ? ''
      : texts.shownOn(evidence.shown.user, (evidence.shown.totalMs / 1000).toFixed(2)),
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? '' : `<br><small>${safe(facts.join(' · '))}</small>`;
}

function drawn({ width, height, strokes }: Signature): string {
  const paths = strokes.map((stroke) => {
    const points = stroke.flatMap((x, at) => (at % 2 === 0 ? [`${x} ${stroke[at + 1] ?? 0}`] : []));
    return `<path d="M${points.join('L')}"/>`;
  });
  return `<svg viewBox="0 0 ${width} ${height}">${paths.join('')}</svg>`;
}

/** Names and addresses are text, whatever stands in them. */
function safe(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
