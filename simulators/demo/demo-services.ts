import { defaultServices } from '@carebell/contracts/default-services.ts';
import type { ServicesBody } from '@carebell/contracts/service-catalogue.ts';

const provider = (id: string, name: string, phone: string) => ({ id, name, phone });
const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** What the districts of the demo offer, by providers whose numbers belong to nobody. */
export const demoServices: ServicesBody['services'] = [
  {
    ...defaultServices.registration,
    hours: [{ weekdays: [1, 2, 3, 4, 5], from: '08:00', until: '17:00' }],
    price: '代挂免费，挂号费自付',
    providers: [
      provider('hospital', '区中心医院便民窗口', '021 5550 0101'),
      provider('volunteers', '陪诊志愿队', '021 5550 0102'),
    ],
  },
  {
    ...defaultServices.taxi,
    hours: [{ weekdays: everyDay, from: '06:00', until: '22:00' }],
    price: '打表计价',
    subsidy: '就医往返每月补贴 4 次，每次 10 元',
    providers: [
      provider('city-cab', '申城助老车队', '021 5550 0201'),
      provider('barrier-free', '无障碍出行车队', '021 5550 0202'),
    ],
  },
  {
    ...defaultServices.meal,
    hours: [{ weekdays: everyDay, from: '06:30', until: '18:30' }],
    price: '早餐 6 元，午餐 15 元，晚餐 12 元',
    subsidy: '80 岁以上每餐补贴 3 元',
    providers: [
      provider('canteen', '社区长者食堂', '021 5550 0301'),
      provider('kitchen', '邻里中央厨房', '021 5550 0302'),
    ],
  },
  {
    ...defaultServices.advice,
    providers: [provider('adviser', '街道为老服务顾问', '021 5550 0401')],
  },
];
