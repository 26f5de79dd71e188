import { newDeviceSchema } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { NewRecordPage } from '../registry-forms/NewRecordPage.tsx';
import { deviceFieldsFor } from './device-fields.ts';

/** Registers a device; `?adopt=` names one that a gateway has heard, `?resident=` and `?dwelling=` say whose it is. */
export function NewDevicePage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [address] = useSearchParams();
  const adopted = address.get('adopt');
  return (
    <NewRecordPage
      kind="devices"
      section="devices"
      title={t(adopted === null ? 'devicePage.new' : 'devicePage.adopt')}
      {...(adopted === null ? {} : { text: t('devicePage.adoptText') })}
      fields={deviceFieldsFor(may('resident.read'), true)}
      schema={newDeviceSchema}
      hints={{
        id: t('fieldHint.id'),
        gatewayId: t('fieldHint.gatewayId'),
        heardAs: t('fieldHint.heardAs'),
        signals: t('fieldHint.signals'),
      }}
      initial={{
        id: adopted ?? '',
        residentId: address.get('resident') ?? '',
        dwellingId: address.get('dwelling') ?? '',
        gatewayId: address.get('gateway') ?? '',
      }}
      entered={({ device, secret }) => ({
        path: `/devices/${encodeURIComponent(device.id)}`,
        secret: secret === null ? undefined : { id: device.id, secret },
      })}
    />
  );
}
