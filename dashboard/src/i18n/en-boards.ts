import type { WithTexts } from './texts.ts';
import type { zhCNBoards } from './zh-CN-boards.ts';

export const enBoards: WithTexts<typeof zhCNBoards> = {
  board: {
    title: 'Boards',
    whole: 'The whole',
    grid: 'Grid',
    grids: 'Grids',
    parts: 'Below',
    part: 'Name',
    rest: 'Of its own',
    noGrid: 'Without a grid',
    crumbs: 'Above',
    table: 'Numbers of each part below',
    tableHint: '{{time}}; a name leads down, Esc leads up',
    time: { day: 'Last 24 hours', week: 'Last 7 days', month: 'Last 30 days' },
    span: 'Alarms pressed since {{from}}, counted at {{time}}, counted again when alarms come',
    devicesAll: '{{n}} devices in service',
    ofDevices: 'of {{n}} in service',
    notYet: '{{n}} never heard',
    lastLogIn: 'last {{time}}',
    lastHandOver: 'last hand-over {{time}}',
    cases: 'Alarms to look at',
    casesCaption: 'Open, or a deadline was missed',
    state: 'State',
    open: 'open',
    missed: '{{n}} deadlines missed',
    cut: 'Only the first {{n}}',
    residents: 'Residents of this grid',
    residentsNoGrid: 'Residents without a grid',
  },
};
