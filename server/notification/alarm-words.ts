import type { NotificationLocale, ResponderReport } from '@carebell/contracts/notifications.ts';

/** What people are told outside of the dashboard, in both languages. Kinds of alarm by their names in the contract. */
type Words = {
  kinds: Readonly<Record<string, string>>;
  priorities: Readonly<Record<string, string>>;
  purposes: { 'help-needed': string; reminder: string; 'all-clear': string };
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
    kinds: {
      help: '紧急求助',
      fall: '跌倒',
      'fall-suspected': '疑似跌倒',
      smoke: '烟雾报警',
      gas: '燃气泄漏',
      water: '漏水',
      wandering: '夜间走失风险',
      'door-at-night': '夜间开门',
      inactivity: '长时间无活动',
      'not-up': '未按时起床',
      'no-water-use': '长时间未用水',
      'bathroom-long': '卫生间滞留',
      'out-of-bed': '夜间离床未归',
      'not-back': '外出未归',
      'restless-night': '夜间频繁活动',
      'door-open': '房门未关',
      registration: '预约挂号',
      taxi: '叫车',
      meal: '订餐',
      advice: '咨询',
      tamper: '设备被打开',
      'battery-low': '电量低',
      'mains-lost': '断电',
      'button-not-tested': '按钮未测试',
      'sensor-stuck': '传感器卡滞',
      'device-silent': '设备失联',
      'gateway-silent': '网关失联',
      'receiver-deaf': '接收器收不到信号',
      'station-unwatched': '驿站无人值屏',
      'chain-broken': '报警链路中断',
      'device-keeps-firing': '设备反复报警',
      'store-failing': '存储故障',
      'history-failing': '历史数据存储故障',
      'detection-behind': '自动判断滞后',
      'channel-suspended': '通知渠道中断',
    },
    priorities: { emergency: '紧急', urgent: '较急', service: '服务', technical: '设备' },
    purposes: { 'help-needed': '', reminder: '仍未处理：', 'all-clear': '已解除：' },
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
    kinds: {
      help: 'Call for help',
      fall: 'Fall',
      'fall-suspected': 'Suspected fall',
      smoke: 'Smoke',
      gas: 'Gas leak',
      water: 'Water leak',
      wandering: 'Wandering at night',
      'door-at-night': 'Door at night',
      inactivity: 'No activity',
      'not-up': 'Not up',
      'no-water-use': 'No water used',
      'bathroom-long': 'Long in the bathroom',
      'out-of-bed': 'Out of bed at night',
      'not-back': 'Not back',
      'restless-night': 'Restless night',
      'door-open': 'Door left open',
      registration: 'Hospital registration',
      taxi: 'Taxi',
      meal: 'Meal',
      advice: 'Advice',
      tamper: 'Device opened',
      'battery-low': 'Battery low',
      'mains-lost': 'Mains lost',
      'button-not-tested': 'Button not tested',
      'sensor-stuck': 'Sensor stuck',
      'device-silent': 'Device silent',
      'gateway-silent': 'Gateway silent',
      'receiver-deaf': 'Receiver deaf',
      'station-unwatched': 'No screen at the station',
      'chain-broken': 'Alarm chain broken',
      'device-keeps-firing': 'Device keeps firing',
      'store-failing': 'Store failing',
      'history-failing': 'History failing',
      'detection-behind': 'Detection behind',
      'channel-suspended': 'Notification channel dead',
    },
    priorities: { emergency: 'Emergency', urgent: 'Urgent', service: 'Service', technical: 'Technical' },
    purposes: { 'help-needed': '', reminder: 'Still open: ', 'all-clear': 'All clear: ' },
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
