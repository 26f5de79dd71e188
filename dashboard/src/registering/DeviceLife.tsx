import type { Device } from '@carebell/contracts/registry.ts';
import { deviceExchangeSchema } from '@carebell/contracts/device-exchange.ts';
import { deviceSchema, issuedDeviceSchema } from '@carebell/contracts/registry.ts';
import { idInCode } from '@carebell/contracts/labels.ts';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { dateAndTime } from '../app/instants.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { ScanDialog } from '../labels/ScanDialog.tsx';
import { useSession } from '../log-in/session.ts';
import { fieldsOf } from '../registry-forms/form-fields.ts';
import { RecordForm } from '../registry-forms/RecordForm.tsx';
import { useRefresh } from '../registry-forms/record-query.ts';
import { SecretNotice } from '../registry-forms/SecretNotice.tsx';
import type { Secret } from '../registry-forms/SecretNotice.tsx';
import './registering.css';

/** That a device is retired, what has taken its place, and what stood there before it. */
export function DeviceLifeLines({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { timeZone } = session.hub;
  const [before] = device.predecessors ?? [];
  return (
    <>
      {device.retiredAt !== undefined && (
        <span className="state-mark" data-testid="retired">
          ✕ {t('life.retired', { time: dateAndTime(device.retiredAt, timeZone) })}
        </span>
      )}
      {device.replacedBy !== undefined && (
        <Link to={`/devices/${encodeURIComponent(device.replacedBy)}`}>
          → {t('life.replacedBy', { id: device.replacedBy })}
        </Link>
      )}
      {before !== undefined && (
        <Link to={`/devices/${encodeURIComponent(before.deviceId)}`} data-testid="replaces">
          {t('life.replaces', { id: before.deviceId, time: dateAndTime(before.until, timeZone) })}
        </Link>
      )}
    </>
  );
}

/** Exchange and retire. */
export function DeviceLifeTools({
  device,
  onRetired,
}: {
  device: Device;
  onRetired: (device: Device) => void;
}) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const { api } = useWorkplace();
  const refresh = useRefresh();
  const problemText = useProblemText();
  const [isExchanging, setExchanging] = useState(false);
  const retire = async () => {
    const path = `/devices/${encodeURIComponent(device.id)}/retire`;
    const answer = await api.call('POST', path, deviceSchema, { version: device.version });
    if (!answer.ok) {
      void message.error(problemText(answer.problem));
      return;
    }
    refresh('devices');
    onRetired(answer.result);
  };
  return (
    <>
      <Link className="action-link" to={`/labels?device=${encodeURIComponent(device.id)}`}>
        {t('labels.open')}
      </Link>
      <Button onClick={() => setExchanging(true)}>{t('life.exchange')}</Button>
      <Button
        danger
        onClick={() => {
          modal.confirm({
            title: t('life.retireTitle', { id: device.id }),
            content: t('life.retireText'),
            okText: t('life.retire'),
            cancelText: t('life.cancel'),
            okButtonProps: { danger: true },
            autoFocusButton: 'cancel',
            centered: true,
            onOk: retire,
          });
        }}
      >
        {t('life.retire')}
      </Button>
      {isExchanging && <ExchangeDialog device={device} onClose={() => setExchanging(false)} />}
    </>
  );
}

const identifier = fieldsOf(deviceExchangeSchema, ['id']);
const radioFields = fieldsOf(deviceExchangeSchema, ['id', 'heardAs']);

function ExchangeDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [isScanning, setScanning] = useState(false);
  const [scanned, setScanned] = useState('');
  const [secret, setSecret] = useState<Secret>();
  const open = (id: string) => {
    refresh('devices');
    void message.success(t('life.exchanged'));
    void navigate(`/devices/${encodeURIComponent(id)}`);
    onClose();
  };
  if (secret !== undefined) return <SecretNotice secret={secret} onDone={() => open(secret.id)} />;
  if (isScanning) {
    return (
      <ScanDialog
        title={t('registering.scanDevice')}
        onClose={() => setScanning(false)}
        onCode={(text) => {
          const id = idInCode(text);
          if (id === undefined) return false;
          setScanned(id);
          setScanning(false);
          return true;
        }}
      />
    );
  }
  return (
    <Modal open centered footer={null} title={t('life.exchangeTitle', { id: device.id })} onCancel={onClose}>
      <p>{t('life.exchangeText')}</p>
      <Button size="large" onClick={() => setScanning(true)}>
        {t('scan.open')}
      </Button>
      <RecordForm
        fields={device.gatewayId === null ? identifier : radioFields}
        schema={deviceExchangeSchema}
        record={undefined}
        initial={{ id: scanned }}
        hints={{ id: t('life.newId'), heardAs: t('life.newHeardAs') }}
        send={(body) =>
          api.call('POST', `/devices/${encodeURIComponent(device.id)}/exchange`, issuedDeviceSchema, {
            ...body,
            version: device.version,
          })
        }
        onDone={(issued) => {
          if (issued.secret === null) open(issued.device.id);
          else setSecret({ id: issued.device.id, secret: issued.secret });
        }}
      />
    </Modal>
  );
}
