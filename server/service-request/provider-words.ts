import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { OfferRefusal, RequestPhase } from '@carebell/contracts/service-kinds.ts';

type Words = {
  product: string;
  station: string;
  wishedAt: string;
  asSoonAsPossible: string;
  note: string;
  answerUntil: string;
  open: string;
  acceptFirst: string;
  accept: string;
  refuse: string;
  reason: string;
  at: string;
  setTime: string;
  done: string;
  giveBack: string;
  name: string;
  phone: string;
  address: string;
  over: string;
  overText: string;
  refusals: Readonly<Record<OfferRefusal, string>>;
  phases: Readonly<Record<RequestPhase, string>>;
};

/** What providers read: in messages and on the page that their link opens. */
export const providerWords: Record<NotificationLocale, Words> = {
  'zh-CN': {
    product: '安铃',
    station: '驿站',
    wishedAt: '希望时间',
    asSoonAsPossible: '尽快',
    note: '备注',
    answerUntil: '请在此前回复',
    open: '请打开链接回复',
    acceptFirst: '接单后显示姓名、电话和地址。',
    accept: '接单',
    refuse: '不接',
    reason: '原因',
    at: '预计时间',
    setTime: '确认时间',
    done: '已完成',
    giveBack: '退单',
    name: '姓名',
    phone: '拨打电话',
    address: '地址',
    over: '已结束',
    overText: '谢谢，无需再处理。',
    refusals: {
      'no-capacity': '忙不过来',
      'outside-hours': '不在服务时间',
      'too-far': '太远',
      other: '其他',
    },
    phases: {
      asked: '待接',
      taken: '等您回复',
      arranged: '您已接单',
      done: '已完成',
      refused: '已拒绝',
      cancelled: '已取消',
    },
  },
  en: {
    product: 'Carebell',
    station: 'Station',
    wishedAt: 'Wanted',
    asSoonAsPossible: 'as soon as possible',
    note: 'Note',
    answerUntil: 'Please answer by',
    open: 'Answer here',
    acceptFirst: 'Accept it, and this page shows name, telephone and address.',
    accept: 'I accept',
    refuse: 'I cannot',
    reason: 'Because',
    at: 'When',
    setTime: 'Set the time',
    done: 'Done',
    giveBack: 'Give it back',
    name: 'Name',
    phone: 'Call',
    address: 'Address',
    over: 'This is over',
    overText: 'Thank you. Nothing more needs to be done.',
    refusals: {
      'no-capacity': 'No capacity',
      'outside-hours': 'Outside our hours',
      'too-far': 'Too far',
      other: 'Another reason',
    },
    phases: {
      asked: 'Waiting',
      taken: 'Waiting for your answer',
      arranged: 'You have accepted',
      done: 'Done',
      refused: 'Refused',
      cancelled: 'Cancelled',
    },
  },
};
