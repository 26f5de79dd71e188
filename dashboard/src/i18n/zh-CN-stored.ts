export const zhCNStored = {
  stored: {
    title: '存档的月报',
    hint: '每月 1 日由中心自动生成并存档，之后不再改变。',
    none: '还没有存档的月报。',
    show: '查看',
    madeAt: '生成于 {{time}}',
    same: '重新统计的结果与存档一致。',
    differs: '存档之后有变化（例如结案、复核），现在重新统计的结果不同：',
    number: '指标',
    asStored: '存档 {{day}}',
    recount: '现在重新统计',
    open: '未结',
  },
} as const;
