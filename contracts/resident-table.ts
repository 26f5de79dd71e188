import { z } from 'zod';
import { notificationLocales } from './notifications.ts';
import { contactRoles, dwellingSchema, newResidentSchema } from './registry.ts';
import type { Contact, ContactRole } from './registry.ts';

/** A resident with the dwelling, as one row of a table: `POST /import/residents`. */
export const residentRowSchema = newResidentSchema.omit({ dwellingId: true }).extend({
  /** Without one the row belongs to the station's dwelling with this address, which is entered if there is none. */
  dwellingId: dwellingSchema.shape.id.optional(),
  stationId: dwellingSchema.shape.stationId,
  address: dwellingSchema.shape.address,
  access: dwellingSchema.shape.access,
  grid: dwellingSchema.shape.grid,
  area: dwellingSchema.shape.area,
  latitude: dwellingSchema.shape.latitude,
  longitude: dwellingSchema.shape.longitude,
});
export type ResidentRow = z.infer<typeof residentRowSchema>;

/** More rows than these would hold up alarms while they are stored. */
export const mostImportedRows = 1000;

/** All rows are entered, or none: the problem `import-refused` names what is wrong as `rows.{index}.{field}`. */
export const residentImportSchema = z.strictObject({
  rows: z.array(residentRowSchema.strict()).min(1).max(mostImportedRows),
});
export const importedSchema = z.object({ residents: z.number().int(), dwellings: z.number().int() });

/** The columns of the table, in their order; a column is headed by its Chinese word and its name. */
export const residentColumns = {
  id: '老人编号',
  name: '姓名',
  phone: '电话',
  birthYear: '出生年份',
  riskGroups: '关注',
  medicalNotes: '健康信息',
  handlingNotes: '处置要点',
  contacts: '联系人',
  dwellingId: '住所编号',
  stationId: '驿站编号',
  address: '地址',
  access: '如何进门',
  grid: '网格',
  area: '区域',
  latitude: '纬度',
  longitude: '经度',
} as const;
export type ResidentColumn = keyof typeof residentColumns;
export const residentColumnNames = Object.keys(residentColumns) as ResidentColumn[];

export function headingOf(column: ResidentColumn): string {
  return `${residentColumns[column]} ${column}`;
}

/** Which column a heading means: by its name, its Chinese word, or both. */
export function columnOf(heading: string): ResidentColumn | undefined {
  const words = heading.trim().split(/\s+/);
  return residentColumnNames.find((name) => words.includes(name) || words.includes(residentColumns[name]));
}

/** The cells of a row, as {@link rowOfCells} reads them back. */
export function cellsOfRow(row: ResidentRow): string[] {
  return residentColumnNames.map((column) => {
    if (column === 'contacts') return row.contacts.map(textOfContact).join('; ');
    if (column === 'riskGroups') return row.riskGroups.join('; ');
    return String(row[column] ?? '');
  });
}

const numberColumns: ReadonlySet<ResidentColumn> = new Set(['birthYear', 'latitude', 'longitude']);

/** Reads a row of texts; what it cannot read it leaves as it is, for the schema to refuse. */
export function rowOfCells(cells: Partial<Record<ResidentColumn, string>>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const column of residentColumnNames) {
    const text = (cells[column] ?? '').trim();
    if (text === '') continue;
    if (column === 'contacts') row[column] = parts(text, /[;；\n]/).map(contactOfText);
    else if (column === 'riskGroups') row[column] = parts(text, /[;；,，、]/);
    else row[column] = numberColumns.has(column) ? Number(text) : text;
  }
  return row;
}

/** `name|relation|telephone`, then `|key` of a keyholder, the role and the language, each where it is entered. */
function textOfContact({ name, relation, phone, hasKey, role, locale }: Contact): string {
  const texts = [name, relation, phone].map((text) => text.replaceAll(/[|;；\n]/g, ' '));
  return [...texts, hasKey ? 'key' : undefined, role, locale].filter((part) => part !== undefined).join('|');
}

const roleWords: Readonly<Record<string, ContactRole>> = {
  家属: 'family',
  邻居: 'neighbour',
  志愿者: 'volunteer',
  其他: 'other',
};

function contactOfText(text: string): Contact {
  const [name = '', relation = '', phone = '', ...more] = text.split(/[|｜]/).map((part) => part.trim());
  const role = contactRoles.find((one) => more.some((part) => part === one || roleWords[part] === one));
  const locale = notificationLocales.find((one) => more.includes(one));
  const hasKey = more.some((part) => ['key', '有', '是', 'yes'].includes(part.toLowerCase()));
  return { name, relation, phone, hasKey, ...(role ? { role } : {}), ...(locale ? { locale } : {}) };
}

function parts(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const formulaBegins = /^[=+\-@\t\r]/;

/** A cell that a table program would take as a formula begins with an apostrophe instead; {@link bareCell} takes it off. */
export function guardedCell(text: string): string {
  return formulaBegins.test(text) ? `'${text}` : text;
}

export function bareCell(text: string): string {
  return text.startsWith("'") && formulaBegins.test(text.slice(1)) ? text.slice(1) : text;
}
