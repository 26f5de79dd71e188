import {
  newOrganisationSchema,
  organisationPatchSchema,
  organisationSchema,
} from '@carebell/contracts/registry.ts';
import type { Organisation } from '@carebell/contracts/registry.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { fieldsOf } from '../registry-forms/form-fields.ts';
import { RecordForm } from '../registry-forms/RecordForm.tsx';
import { useRegistryApi } from '../registry-forms/registry-api.ts';

export type OrganisationTask = { below: string; level: OrganisationLevel } | { change: Organisation };

const newFields = fieldsOf(newOrganisationSchema, [
  'name',
  'level',
  'parentId',
  'phone',
  'latitude',
  'longitude',
]);
/** The level stays as it was entered: dwellings belong to stations. */
const fields = fieldsOf(organisationSchema, ['name', 'parentId', 'phone', 'latitude', 'longitude']);

export function OrganisationDialog({ task, onDone }: { task: OrganisationTask; onDone: () => void }) {
  const { t } = useTranslation();
  const registry = useRegistryApi();
  const queries = useQueryClient();
  const done = () => {
    void queries.invalidateQueries({ queryKey: ['organisations'] });
    void queries.invalidateQueries({ queryKey: ['stations'] });
    void queries.invalidateQueries({ queryKey: ['reference-choices'] });
    onDone();
  };
  const isChange = 'change' in task;
  return (
    <Modal
      open
      centered
      width={640}
      footer={null}
      title={isChange ? task.change.name : t('organisationPage.new')}
      onCancel={onDone}
    >
      {isChange ? (
        <RecordForm
          fields={fields}
          schema={organisationPatchSchema}
          record={task.change}
          send={(body) => registry.change('organisations', task.change.id, body)}
          onDone={done}
        />
      ) : (
        <RecordForm
          fields={newFields}
          schema={newOrganisationSchema}
          record={undefined}
          initial={{ level: task.level, parentId: task.below }}
          send={(body) => registry.enter('organisations', body)}
          onDone={done}
        />
      )}
    </Modal>
  );
}
