import type { NewDevice, NewResident } from '@carebell/contracts/registry.ts';

/** Invented residents of one station, each with the device that calls in the pictures. */
export type Home = {
  resident: Omit<NewResident, 'dwellingId'>;
  address: string;
  access: string;
  device: Pick<NewDevice, 'id' | 'type' | 'name' | 'room'>;
  call: { kind: string; data?: object };
};

export const homes: Record<'help' | 'fall' | 'taxi' | 'battery', Home> = {
  help: {
    resident: {
      name: '周秀兰',
      phone: '13900000101',
      birthYear: 1941,
      riskGroups: ['living-alone', 'advanced-age'],
      medicalNotes: '高血压，早晚服药。',
      contacts: [
        { name: '周敏', relation: '女儿', phone: '13900001101', hasKey: true },
        { name: '何阿姨', relation: '邻居', phone: '13900001201', hasKey: false },
      ],
    },
    address: '青山路 128 弄 6 号 302 室',
    access: '备用钥匙在门卫处',
    device: { id: 'btn-01', type: 'button', name: '随身呼叫按钮', room: '随身' },
    call: { kind: 'button.pressed', data: { key: 'help', press: 'long' } },
  },
  fall: {
    resident: {
      name: '李福生',
      phone: '13900000106',
      birthYear: 1933,
      riskGroups: ['living-alone', 'advanced-age'],
      medicalNotes: '装有心脏起搏器。',
      contacts: [
        { name: '李昊', relation: '孙子', phone: '13900001106', hasKey: false },
        { name: '小陆', relation: '居委', phone: '13900001206', hasKey: true },
      ],
    },
    address: '竹园路 45 弄 11 号 101 室',
    access: '底楼，敲窗也能听见',
    device: { id: 'fall-06', type: 'fall-detector', name: '随身跌倒探测器', room: '随身' },
    call: { kind: 'fall.detected' },
  },
  taxi: {
    resident: { name: '陈国强', phone: '13900000102', birthYear: 1938, riskGroups: ['advanced-age'] },
    address: '青山路 128 弄 6 号 501 室',
    access: '',
    device: { id: 'term-02', type: 'terminal', name: '客厅一键通', room: '客厅' },
    call: { kind: 'button.pressed', data: { key: 'taxi' } },
  },
  battery: {
    resident: { name: '沈玉珍', phone: '13900000103', birthYear: 1944, riskGroups: ['living-alone'] },
    address: '青山路 128 弄 9 号 102 室',
    access: '',
    device: { id: 'door-03', type: 'door-sensor', name: '玄关门磁', room: '玄关' },
    call: { kind: 'battery.low' },
  },
};
