import type { OpenedTestDwelling } from '@carebell/contracts/virtual-devices.ts';
import { Button, Slider } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkplace } from '../app/workplace.ts';
import { useLink } from '../device-link/use-link.ts';
import { TerminalFace } from '../terminal/TerminalFace.tsx';
import { actsOf } from './virtual-acts.ts';

type Props = { device: OpenedTestDwelling['devices'][number] };

/** One virtual device: what it does, its plug and its battery, and what the hub has told it. */
export function VirtualDeviceCard({ device }: Props) {
  const { t } = useTranslation();
  const { speech } = useWorkplace();
  const [shelf] = useState(() => ({ read: () => null, write: () => undefined }));
  const { link, view } = useLink(device, shelf);
  const [battery, setBattery] = useState(90);
  const isOut = view.link === 'off';

  function report(percent: number) {
    link?.report({ battery: percent, rssi: -60 });
    if (percent <= 15) link?.send('battery.low');
  }

  return (
    <article
      className="virtual-card"
      data-type={device.type}
      data-link={view.link}
      data-testid={`virtual-${device.type}`}
    >
      <header>
        <h2>{t(`deviceType.${device.type}`)}</h2>
        <span className="virtual-link">{t(`terminal.link.${view.link}`)}</span>
        <code>{device.id}</code>
      </header>
      {view.link === 'refused' && (
        <p className="problem" role="alert">
          {t('virtual.elsewhere')}
        </p>
      )}
      {device.type === 'terminal' && <TerminalFace link={link} view={view} speech={speech} phone="" />}
      <div className="virtual-acts">
        {actsOf(device.type).map(({ name, kind }) => (
          <Button key={name} size="large" disabled={link === undefined} onClick={() => link?.send(kind)}>
            {t(`virtual.act.${name}`)}
          </Button>
        ))}
      </div>
      {view.reassurance !== null && device.type !== 'terminal' && (
        <output className="virtual-told">{t(`terminal.says.${view.reassurance.state}`)}</output>
      )}
      {view.timesIdentified > 0 && (
        <output className="virtual-told" key={view.timesIdentified}>
          {t('virtual.identified')}
        </output>
      )}
      <footer>
        <Button disabled={link === undefined} onClick={() => (isOut ? link?.start() : link?.unplug())}>
          {isOut ? t('virtual.plug.in') : t('virtual.plug.out')}
        </Button>
        <label>
          <span>{t('virtual.battery', { percent: battery })}</span>
          <Slider
            min={0}
            max={100}
            value={battery}
            disabled={view.link !== 'online'}
            ariaLabelForHandle={t('virtual.battery', { percent: battery })}
            onChange={setBattery}
            onChangeComplete={report}
          />
        </label>
        <span className="dim">
          {view.waiting.length > 0
            ? t('virtual.waiting', { n: view.waiting.length })
            : t('virtual.allStored')}
        </span>
      </footer>
    </article>
  );
}
