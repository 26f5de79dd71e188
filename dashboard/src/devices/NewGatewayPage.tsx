import { newGatewaySchema } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { NewRecordPage } from '../registry-forms/NewRecordPage.tsx';
import { newGatewayFields } from './device-fields.ts';

export function NewGatewayPage() {
  const { t } = useTranslation();
  return (
    <NewRecordPage
      kind="gateways"
      section="devices"
      title={t('gatewayPage.new')}
      fields={newGatewayFields}
      schema={newGatewaySchema}
      hints={{ id: t('fieldHint.id') }}
      entered={({ gateway, secret }) => ({
        path: `/gateways/${encodeURIComponent(gateway.id)}`,
        secret: { id: gateway.id, secret },
      })}
    />
  );
}
