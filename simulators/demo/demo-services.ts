import type { ServicesBody } from '@carebell/contracts/service-catalogue.ts';

const minute = 60_000;
const hour = 60 * minute;

const text = (chinese: string, english: string) => ({ 'zh-CN': chinese, en: english });
const provider = (id: string, name: string, phone: string) => ({ id, name, phone });
const asked = (key: string, chinese: string, english: string, isRequired = false) => ({
  key,
  label: text(chinese, english),
  isRequired,
});
const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** What the districts of the demo offer, by providers whose numbers belong to nobody. */
export const demoServices: ServicesBody['services'] = [
  {
    kind: 'registration',
    name: text('预约挂号', 'Hospital registration'),
    hours: [{ weekdays: [1, 2, 3, 4, 5], from: '08:00', until: '17:00' }],
    price: '代挂免费，挂号费自付',
    fields: [
      asked('hospital', '医院', 'Hospital', true),
      asked('department', '科室', 'Department', true),
      asked('card', '医保卡是否在手', 'Has the insurance card at hand'),
    ],
    providers: [
      provider('hospital', '区中心医院便民窗口', '021 5550 0101'),
      provider('volunteers', '陪诊志愿队', '021 5550 0102'),
    ],
    limits: { takenMs: 5 * minute, arrangedMs: 4 * hour, doneMs: 24 * hour, answerMs: 2 * hour },
  },
  {
    kind: 'taxi',
    name: text('叫车', 'Taxi'),
    hours: [{ weekdays: everyDay, from: '06:00', until: '22:00' }],
    price: '打表计价',
    subsidy: '就医往返每月补贴 4 次，每次 10 元',
    fields: [
      asked('destination', '去哪里', 'Where to', true),
      asked('companions', '几人同行', 'How many people'),
      asked('aids', '轮椅或助行器', 'Wheelchair or walking aid'),
    ],
    providers: [
      provider('city-cab', '申城助老车队', '021 5550 0201'),
      provider('barrier-free', '无障碍出行车队', '021 5550 0202'),
    ],
    limits: { takenMs: 5 * minute, arrangedMs: 20 * minute, doneMs: 2 * hour, answerMs: 10 * minute },
  },
  {
    kind: 'meal',
    name: text('助餐', 'Meal'),
    hours: [{ weekdays: everyDay, from: '06:30', until: '18:30' }],
    price: '早餐 6 元，午餐 15 元，晚餐 12 元',
    subsidy: '80 岁以上每餐补贴 3 元',
    fields: [
      asked('meal', '哪一餐', 'Which meal', true),
      asked('portions', '几份', 'How many portions'),
      asked('diet', '忌口', 'What must not be in it'),
    ],
    providers: [
      provider('canteen', '社区长者食堂', '021 5550 0301'),
      provider('kitchen', '邻里中央厨房', '021 5550 0302'),
    ],
    limits: { takenMs: 5 * minute, arrangedMs: hour, doneMs: 3 * hour, answerMs: 30 * minute },
  },
  {
    kind: 'advice',
    name: text('咨询', 'Advice'),
    fields: [asked('about', '咨询什么', 'What about', true)],
    providers: [provider('adviser', '街道为老服务顾问', '021 5550 0401')],
    limits: { takenMs: 5 * minute, arrangedMs: hour, doneMs: 24 * hour, answerMs: 2 * hour },
  },
];
