/** Handling an alarm step by step, and closing it. */
export const zhCNHandling = {
  scriptAnswer: {
    done: '完成',
    yes: '是',
    no: '否',
    unclear: '不清楚',
    reached: '接通',
    'no-answer': '没人接',
    coming: '正赶去',
    refused: '去不了',
    voicemail: '转语音信箱',
  },
  followUpResult: {
    answered: '已回答',
    'not-reached': '没联系上',
    declined: '不愿回答',
    score: '{{score}} 分',
  },
  proof: {
    'voice-contact': '听到老人本人说话',
    'on-site': '现场有人见到老人',
    'device-event': '设备显示老人有动作',
    waived: '无凭据：{{because}}',
  },
  proofBasis: { recorded: '已有记录', stated: '结案人确认' },
} as const;
