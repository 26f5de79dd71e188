import { alarmWordsEn, alarmWordsZhCN } from '@carebell/contracts/alarm-words.ts';
import type {
  NotificationLocale,
  NotificationPurpose,
  ResponderReport,
} from '@carebell/contracts/notifications.ts';

/** What people are told outside of the dashboard, in both languages. Kinds of alarm by their names in the contract. */
type Words = {
  kinds: Readonly<Record<string, string>>;
  priorities: Readonly<Record<string, string>>;
  purposes: Readonly<Record<NotificationPurpose, string>>;
  /** Before everything that is said of practice. */
  drill: string;
  /** Before everything that is said of an alarm in test mode. */
  testMode: string;
  product: string;
  nobodyKnown: string;
  hub: string;
  screens: string;
  address: string;
  pressedAt: string;
  open: string;
  testTitle: string;
  test: string;
  page: {
    getIn: string;
    takeFirst: string;
    closed: string;
    closedText: string;
    wrongLink: string;
    wrongLinkText: string;
    tooOften: string;
    tooOftenText: string;
    failed: string;
    failedText: string;
    others: string;
    noNotes: string;
    call: string;
    lookAgain: string;
    reports: Readonly<Record<ResponderReport, string>>;
    said: Readonly<Record<ResponderReport, string>>;
  };
};

export const alarmWords: Record<NotificationLocale, Words> = {
  'zh-CN': {
    ...alarmWordsZhCN,
    purposes: {
      'help-needed': '',
      reminder: '仍未处理：',
      'all-clear': '已解除：',
      'service-offered': '服务请求：',
      'service-withdrawn': '请勿前往，已取消：',
      'service-overdue': '服务请求超时：',
      'visits-overdue': '探访逾期：',
      'account-changed': '您的账号：',
    },
    drill: '【演练】',
    testMode: '【测试模式·按真实处理】',
    product: '安铃',
    nobodyKnown: '未登记的设备',
    hub: '安铃中心',
    screens: '屏幕',
    address: '地址',
    pressedAt: '时间',
    open: '请打开链接回应',
    testTitle: '测试消息',
    test: '这是安铃的测试消息，无需处理。',
    page: {
      getIn: '进门方式',
      takeFirst: '接下任务后显示进门方式。',
      closed: '报警已结案',
      closedText: '谢谢，无需再处理。',
      wrongLink: '链接无效',
      wrongLinkText: '链接有误、已过期或已撤销。请致电值守驿站。',
      tooOften: '请稍候',
      tooOftenText: '请求过于频繁，请一分钟后再试。紧急情况请直接致电值守驿站。',
      failed: '暂时无法记录',
      failedText: '请再按一次；若仍失败，请致电值守驿站。',
      others: '其他响应人',
      noNotes: '没有登记进门方式，请联系值守驿站。',
      call: '拨打老人电话',
      lookAgain: '查看最新情况',
      reports: {
        taken: '我来处理',
        'on-the-way': '已在路上',
        'on-site': '已到现场',
        'help-needed': '仍需帮助',
        done: '已处理完毕',
      },
      said: {
        taken: '已接下任务',
        'on-the-way': '在路上',
        'on-site': '在现场',
        'help-needed': '请求支援',
        done: '已处理完毕',
      },
    },
  },
  en: {
    ...alarmWordsEn,
    purposes: {
      'help-needed': '',
      reminder: 'Still open: ',
      'all-clear': 'All clear: ',
      'service-offered': 'Service request: ',
      'service-withdrawn': 'Cancelled, please do not come: ',
      'service-overdue': 'Service request overdue: ',
      'visits-overdue': 'Overdue visits: ',
      'account-changed': 'Your account: ',
    },
    drill: '[DRILL] ',
    testMode: '[TEST MODE, treat as real] ',
    product: 'Carebell',
    nobodyKnown: 'Unregistered device',
    hub: 'The hub',
    screens: 'screens',
    address: 'Address',
    pressedAt: 'Time',
    open: 'Answer here',
    testTitle: 'Test message',
    test: 'This is a test message of Carebell. Nothing needs to be done.',
    page: {
      getIn: 'How to get in',
      takeFirst: 'Take it, and this page shows how to get in.',
      closed: 'This alarm is closed',
      closedText: 'Thank you. Nothing more needs to be done.',
      wrongLink: 'This link does not work',
      wrongLinkText: 'It is wrong, has expired or was revoked. Call the care station.',
      tooOften: 'One moment',
      tooOftenText: 'Too many requests. Try again in a minute; if it is urgent, call the care station.',
      failed: 'It could not be recorded',
      failedText: 'Press once more; if it fails again, call the care station.',
      others: 'Others who answered',
      noNotes: 'Nothing is entered about how to get in. Ask the care station.',
      call: 'Call the resident',
      lookAgain: 'See how it stands now',
      reports: {
        taken: 'I take it',
        'on-the-way': 'On the way',
        'on-site': 'On site',
        'help-needed': 'Help still needed',
        done: 'Done',
      },
      said: {
        taken: 'takes it',
        'on-the-way': 'on the way',
        'on-site': 'on site',
        'help-needed': 'needs help',
        done: 'done',
      },
    },
  },
};
