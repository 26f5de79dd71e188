import { z } from 'zod';
import { deviceTypeWordsZhCN } from './device-words.ts';
import { deviceTypes, newDeviceSchema, newDwellingSchema, newGatewaySchema } from './registry.ts';
import type { DeviceType } from './registry.ts';

/** What is entered by lists, in this order: a device names its gateway and dwelling, a gateway its dwelling. */
export const tableKinds = ['dwellings', 'gateways', 'devices'] as const;
export type TableKind = (typeof tableKinds)[number];

/** The columns of each list in their order; a column is headed by its Chinese word and its name. */
export const tableColumns = {
  dwellings: {
    id: '住所编号',
    stationId: '驿站编号',
    address: '地址',
    access: '如何进门',
    grid: '网格',
    area: '区域',
    latitude: '纬度',
    longitude: '经度',
  },
  gateways: { id: '网关编号', name: '名称', stationId: '驿站编号', dwellingId: '住所编号' },
  devices: {
    id: '设备编号',
    type: '类型',
    name: '名称',
    room: '房间',
    stationId: '驿站编号',
    dwellingId: '住所编号',
    residentId: '老人编号',
    gatewayId: '网关编号',
    heardAs: '无线码',
    signals: '按键含义',
  },
} as const satisfies Record<TableKind, Record<string, string>>;

/** Without these a list is another one. */
export const neededColumns: Record<TableKind, readonly string[]> = {
  dwellings: ['stationId', 'address'],
  gateways: ['id', 'stationId'],
  devices: ['id', 'type'],
};

/** The words that screens show, and the shorter ones that installers write. */
const typeWords: Readonly<Record<string, DeviceType>> = {
  ...Object.fromEntries(deviceTypes.map((type) => [deviceTypeWordsZhCN[type], type])),
  按钮: 'button',
  呼叫按钮: 'button',
  一键通: 'terminal',
  跌倒检测: 'fall-detector',
  人体感应: 'motion-sensor',
  床垫: 'bed-sensor',
  燃气: 'gas-detector',
  水浸: 'water-detector',
  其他: 'other',
};

export const dwellingRowSchema = newDwellingSchema.strict();
export const gatewayRowSchema = newGatewaySchema.strict().required({ id: true });
export const deviceRowSchema = newDeviceSchema.strict().required({ id: true });
export const rowSchemas = {
  dwellings: dwellingRowSchema,
  gateways: gatewayRowSchema,
  devices: deviceRowSchema,
} as const;
export type TableRow<K extends TableKind> = z.infer<(typeof rowSchemas)[K]>;

/** More rows than these would hold up alarms while they are stored. */
const mostRows = 1000;
const rowsOf = <T extends z.ZodType>(row: T) => z.strictObject({ rows: z.array(row).min(1).max(mostRows) });

/** `POST /import/{kind}`: all rows are entered, or none; `import-refused` names what is wrong as `rows.{index}.{field}`. */
export const tableImportSchemas = {
  dwellings: rowsOf(dwellingRowSchema),
  gateways: rowsOf(gatewayRowSchema),
  devices: rowsOf(deviceRowSchema),
} as const;

/** The secrets of what signs in itself are shown only here. */
export const tableImportedSchema = z.object({
  entered: z.number().int(),
  secrets: z.array(z.object({ id: z.string(), secret: z.string() })),
});
export type TableImported = z.infer<typeof tableImportedSchema>;

export function tableHeadings(kind: TableKind): string[] {
  return Object.entries(tableColumns[kind]).map(([name, word]) => `${word} ${name}`);
}

/** Which column a heading means: by its name, its Chinese word, or both. */
export function tableColumnOf(kind: TableKind, heading: string): string | undefined {
  const words = heading.trim().split(/\s+/);
  return Object.entries(tableColumns[kind]).find(
    ([name, word]) => words.includes(name) || words.includes(word),
  )?.[0];
}

/** Reads a row of texts; what it cannot read it leaves as it is, for the schema to refuse. */
export function tableRowOfCells(cells: Readonly<Record<string, string>>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [column, cell] of Object.entries(cells)) {
    const text = cell.trim();
    if (text === '') continue;
    if (column === 'type') row[column] = typeWords[text] ?? text;
    else if (column === 'latitude' || column === 'longitude') row[column] = Number(text);
    else if (column === 'signals') row[column] = jsonOr(text);
    else row[column] = text;
  }
  return row;
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text;
  }
}
