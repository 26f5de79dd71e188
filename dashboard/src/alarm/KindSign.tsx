import type { AlarmKind, Priority } from '@carebell/contracts/alarm-kinds.ts';
import type { ReactNode } from 'react';

/** Each priority has a shape of its own, so that it can be told without colour. */
const shapes: Record<Priority, ReactNode> = {
  emergency: <path className="sign-shape" d="M17 2h22l15 15v22L39 54H17L2 39V17Z" />,
  urgent: (
    <path
      className="sign-shape"
      d="M28 3a5 5 0 0 1 4.3 2.5l22 39A5 5 0 0 1 50 52H6a5 5 0 0 1-4.3-7.5l22-39A5 5 0 0 1 28 3Z"
    />
  ),
  service: <circle className="sign-shape" cx="28" cy="28" r="25" />,
  technical: <rect className="sign-shape" x="5" y="5" width="46" height="46" rx="8" />,
};

const fallingPerson = (
  <>
    <circle cx="17.5" cy="5" r="2.9" fill="currentColor" stroke="none" />
    <path d="M14.5 8.5 9 13l-6-1.5M9 13l2 6M14.5 8.5l4.5 4M12 10.5 6.5 7M2 21.5h20" />
  </>
);

const glyphs: Record<AlarmKind, ReactNode> = {
  help: (
    <text x="12" y="12.5" className="sign-text">
      SOS
    </text>
  ),
  fall: fallingPerson,
  'fall-suspected': (
    <>
      {fallingPerson}
      <path
        d="M2.5 4a2.5 2.5 0 1 1 3.3 2.3c-.8.3-.8.9-.8 1.7m0 2.7v.1"
        transform="translate(-1 -2) scale(1.1)"
        strokeWidth="1.8"
      />
    </>
  ),
  smoke: (
    <path d="M12 2c1 4 6 6 6 12a6 6 0 0 1-12 0c0-3 2-4 2-7 2 1 3 2 3 4 1-2 2-5 1-9Z" fill="currentColor" />
  ),
  gas: <path d="M6 21c-3-4 3-5 0-9s3-5 0-9m6 18c-3-4 3-5 0-9s3-5 0-9m6 18c-3-4 3-5 0-9s3-5 0-9" />,
  water: <path d="M12 2c4 5 7 8.5 7 12a7 7 0 0 1-14 0c0-3.5 3-7 7-12Z" fill="currentColor" />,
  wandering: <path d="M4 21V3h9v18M2 21h12M10 12h1M16 12h6m-3-3 3 3-3 3M18 3a3 3 0 0 0 3 4" />,
  'door-at-night': <path d="M4 21V3h9v18M2 21h14M10 12h1M18 3a4 4 0 1 0 4 5 3.5 3.5 0 0 1-4-5Z" />,
  inactivity: <path d="M2 12h5l2-5 3 9 2-4M16 12h6" />,
  'not-up': <path d="M2 6v13m0-3h20v3m0-3v-4H8M5 11.5v-.1M17 2h4l-4 5h4" />,
  'no-water-use': <path d="M12 3c3.5 4.5 6 7.5 6 11a6 6 0 0 1-12 0c0-3.5 2.5-6.5 6-11ZM3 3l18 18" />,
  'bathroom-long': <path d="M3 12h18v3a5 5 0 0 1-5 5H8a5 5 0 0 1-5-5Zm2 0V5a2 2 0 0 1 4 0M15 3v4h4" />,
  'out-of-bed': <path d="M2 6v13m0-3h13v3m0-3v-4H8M14 6h8m-3-3 3 3-3 3" />,
  'not-back': <path d="M3 12 12 4l9 8M6 10v11h12V10M12 13v3l2 2" />,
  'restless-night': <path d="M3 12h3l2-6 3 12 3-9 2 3h5" />,
  'door-open': <path d="M4 21V3h14v18M2 21h20M4 3l8 3v17l-8-3" />,
  registration: <path d="M9 3h6v6h6v6h-6v6H9v-6H3V9h6Z" fill="currentColor" />,
  taxi: (
    <>
      <path d="M10 4h4M3 18v-6l3-6h12l3 6v6Z" fill="none" />
      <path d="M3 12h18" />
      <circle cx="7" cy="18" r="2" fill="currentColor" />
      <circle cx="17" cy="18" r="2" fill="currentColor" />
    </>
  ),
  meal: (
    <path d="M3 11h18c0 5-3.5 9-9 9s-9-4-9-9Zm5-3c-1.5-2 1.5-3 0-5m4 5c-1.5-2 1.5-3 0-5m4 5c-1.5-2 1.5-3 0-5" />
  ),
  advice: <path d="M4 4h16v12h-9l-5 4v-4H4Zm4 4h8M8 12h5" />,
  tamper: <path d="M5 11h14v10H5Zm3 0V7a4 4 0 0 1 7.6-1.7M12 15v3" />,
  'battery-low': <path d="M2 7h17v10H2Zm19 3v4M5 10v4" />,
  'mains-lost': <path d="M8 2v5m8-5v5M6 7h12v4a6 6 0 0 1-12 0Zm6 10v5M3 21 21 3" />,
  'button-not-tested': <path d="M12 3a9 9 0 1 0 9 9M12 8a4 4 0 1 0 4 4M16 5l2 2 4-5" />,
  'sensor-stuck': <path d="M12 20v-6M8 14h8V4H8ZM3 6v6m18-6v6" />,
  'device-silent': <path d="M7 3h10v18H7ZM3 3l18 18" />,
  'gateway-silent': <path d="M3 14h18v6H3Zm4 3h.01M12 14V9M8 5l8 5m0-5-8 5" />,
  'receiver-deaf': <path d="M12 20v-8M8 8a5 5 0 0 1 8 0M5 5a10 10 0 0 1 14 0M4 20 20 10" />,
  'station-unwatched': <path d="M3 4h18v12H3Zm5 16h8M7 7l10 6m0-6L7 13" />,
  'chain-broken': <path d="M9 8H6a4 4 0 0 0 0 8h3m6-8h3a4 4 0 0 1 0 8h-3M12 4v4m0 8v4" />,
  'device-keeps-firing': (
    <path d="M12 3a7 7 0 0 0-7 7v5l-2 3h18l-2-3v-5a7 7 0 0 0-7-7ZM10 21h4M12 8v4m0 3v.1M1 6l2-3m20 3-2-3" />
  ),
  'store-failing': <path d="M4 5c0-4 16-4 16 0s-16 4-16 0Zm0 0v14c0 4 16 4 16 0V5M9 12l6 6m0-6-6 6" />,
  'clock-set': <path d="M12 3a9 9 0 1 0 9 9M12 7v5l3 2M16 3h5v5M21 3l-5 5" />,
  'detection-behind': <path d="M3 12a9 9 0 1 1 3 6.7M3 21v-5h5M12 7v5l3 2" />,
  'store-damaged': <path d="M4 5c0-4 16-4 16 0s-16 4-16 0Zm0 0v14c0 4 16 4 16 0V5M13 8l-3 5h4l-3 5" />,
  'history-failing': <path d="M4 5c0-4 16-4 16 0s-16 4-16 0Zm0 0v14c0 4 16 4 16 0V5M12 10v5l3 2" />,
  'channel-suspended': <path d="M4 5h16v11H11l-5 4v-4H4ZM9 8l6 5m0-5-6 5" />,
};

/** The sign of an alarm: the shape says how urgent, the picture what. The words stand beside it. */
export function KindSign({ kind, priority }: { kind: AlarmKind; priority: Priority }) {
  const place = priority === 'urgent' ? 'translate(17 20) scale(0.92)' : 'translate(13 13) scale(1.25)';
  return (
    <svg className="sign" viewBox="0 0 56 56" aria-hidden="true">
      {shapes[priority]}
      <g
        className="sign-glyph"
        transform={place}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {glyphs[kind]}
      </g>
    </svg>
  );
}
