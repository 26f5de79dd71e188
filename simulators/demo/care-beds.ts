import type { NewCareBed } from '@carebell/contracts/care-beds.ts';
import type { Community } from './community.ts';

/** Two residents who need care cared for at home round the clock: one bed has all it needs, the other is short of something. */
export function sampleCareBeds({ residents, devices }: Community): NewCareBed[] {
  const hasBedSensor = (id: string): boolean =>
    devices.some(({ residentId, type }) => residentId === id && type === 'bed-sensor');
  const needing = residents.filter(({ riskGroups = [] }) => riskGroups.includes('disabled'));
  const ready = needing.find(({ id }) => hasBedSensor(id));
  const short = needing.find(({ id }) => !hasBedSensor(id)) ?? needing.find(({ id }) => id !== ready?.id);
  return [
    ...(ready === undefined
      ? []
      : [
          {
            residentId: ready.id,
            carers: [
              { name: '陈桂香', relation: '护理员', phone: '13900008001', begins: '07:00', ends: '19:00' },
              { name: '王建华', relation: '儿子', phone: '13900008002', begins: '19:00', ends: '07:00' },
            ],
            note: '两小时翻身一次；夜里起身要扶。',
          },
        ]),
    ...(short === undefined
      ? []
      : [
          {
            residentId: short.id,
            carers: [
              { name: '李月娥', relation: '护理员', phone: '13900008003', begins: '08:00', ends: '18:00' },
            ],
            note: '',
          },
        ]),
  ];
}
