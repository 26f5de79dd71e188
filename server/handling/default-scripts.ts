import { alarmKindNames, alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { Priority } from '@carebell/contracts/alarm-kinds.ts';
import type { Script, ScriptStep } from '@carebell/contracts/handling.ts';
import type { ScriptCallee } from '@carebell/contracts/script-answers.ts';

type Extra = Pick<ScriptStep, 'goesTo' | 'proves'>;

const text = (zh: string, en: string): ScriptStep['text'] => ({ 'zh-CN': zh, en });
const ask = (key: string, zh: string, en: string, extra: Extra = {}): ScriptStep => ({
  key,
  action: 'ask',
  text: text(zh, en),
  ...extra,
});
const toDo = (key: string, zh: string, en: string): ScriptStep => ({
  key,
  action: 'do',
  text: text(zh, en),
});
const call = (key: string, whom: ScriptCallee, zh: string, en: string, extra: Extra = {}): ScriptStep => ({
  key,
  action: 'call',
  whom,
  text: text(zh, en),
  ...extra,
});
const kindsOf = (priority: Priority) =>
  alarmKindNames.filter((kind) => alarmKinds[kind].priority === priority);

const callResident = call(
  'resident',
  'resident',
  '打给老人，听老人自己说话',
  'Call the resident and hear their voice',
  {
    goesTo: { reached: 'danger', 'no-answer': 'contacts', voicemail: 'contacts' },
  },
);
const danger = ask(
  'danger',
  '有生命危险吗（昏迷、胸痛、气急、大出血、说不清话）？',
  'Is life in danger (unconscious, chest pain, no breath, bleeding, slurred speech)?',
  { goesTo: { yes: 'ambulance', unclear: 'ambulance', no: 'contacts' } },
);
const ambulance = call(
  'ambulance',
  'ambulance',
  '叫救护车：报地址、姓名、病情',
  'Call the ambulance: address, name, state',
  {
    goesTo: { reached: 'access' },
  },
);
const contacts = call('contacts', 'contacts', '请去看老人', 'Ask to go and look', {
  goesTo: { coming: 'access', reached: 'access' },
});
const access: ScriptStep = {
  key: 'access',
  action: 'access',
  text: text('查看进门方式，告诉去的人', 'Look up how to get in and tell whoever goes'),
};
const dispatch: ScriptStep = {
  key: 'dispatch',
  action: 'dispatch',
  text: text('派响应人员上门', 'Send a responder'),
};
const seen = ask('seen', '现场有人见到老人了吗？', 'Has somebody there seen the resident?', {
  proves: 'on-site',
});
const inform = toDo('inform', '告诉老人和家属接下来怎么办', 'Tell resident and family what happens next');

/** What holds where nobody has entered a script. Every kind of alarm has one. */
export const defaultScripts: readonly Script[] = [
  {
    name: 'smoke-gas',
    kinds: ['smoke', 'gas'],
    steps: [
      call(
        'resident',
        'resident',
        '打给老人：立即离开，关气开窗，别碰开关',
        'Call the resident: leave now, gas off, windows open, touch no switch',
        {
          goesTo: { reached: 'burning', 'no-answer': 'fire', voicemail: 'fire' },
        },
      ),
      ask('burning', '有火、有烟或闻到燃气吗？', 'Is there fire, smoke or a smell of gas?', {
        goesTo: { yes: 'fire', unclear: 'fire', no: 'contacts' },
      }),
      call(
        'fire',
        'fire-service',
        '叫消防：报地址、楼层、几个人在里面',
        'Call the fire service: address, floor, how many inside',
        {
          goesTo: { reached: 'access' },
        },
      ),
      contacts,
      access,
      dispatch,
      seen,
      inform,
    ],
  },
  {
    name: 'emergency',
    kinds: kindsOf('emergency').filter((kind) => kind !== 'smoke' && kind !== 'gas'),
    steps: [callResident, danger, ambulance, contacts, access, dispatch, seen, inform],
  },
  {
    name: 'urgent',
    kinds: kindsOf('urgent'),
    steps: [
      call('resident', 'resident', '打给老人：人还好吗？', 'Call the resident: are they all right?', {
        goesTo: { reached: 'danger', 'no-answer': 'contacts', voicemail: 'contacts' },
      }),
      danger,
      ambulance,
      contacts,
      access,
      dispatch,
      seen,
    ],
  },
  {
    name: 'service',
    kinds: kindsOf('service'),
    steps: [
      call('resident', 'resident', '回电，问清要什么、几点要', 'Call back: what is needed, and by when'),
      toDo('arrange', '联系服务方并约定时间', 'Arrange it with whoever provides it'),
      call('confirm', 'resident', '把时间和来的人告诉老人', 'Tell the resident who comes and when'),
    ],
  },
  {
    name: 'technical',
    kinds: [],
    steps: [
      toDo('check', '看设备、网关和网络的状态', 'Look at the state of device, gateway and network'),
      call('resident', 'resident', '老人在家时请其帮忙查看', 'Ask the resident to look, if at home'),
      toDo(
        'repair',
        '报修，两小时内修不好就换临时设备',
        'Have it repaired; after two hours put in a stand-in',
      ),
      toDo('test', '修好后试按一次', 'Test it once it is repaired'),
    ],
  },
];
