import { deviceIdSchema, recordIdSchema } from './ids.ts';

/** What has a label, by the first level of the address in its code. */
export const labelPaths = { device: 'd', gateway: 'g', dwelling: 'h' } as const;
export type LabelKind = keyof typeof labelPaths;
export type Labelled = { of: LabelKind; id: string };

/**
 * The text of a label's code: an address at the hub that printed it, so that the camera of any phone opens the page. It holds
 * an identifier and nothing else; who opens it must log in.
 */
export function labelText(origin: string, { of, id }: Labelled): string {
  return `${origin}/${labelPaths[of]}/${encodeURIComponent(id)}`;
}

/** Whose label was read, whatever hub had printed it; `undefined` of any other text. */
export function labelledIn(text: string): Labelled | undefined {
  const [, path, id] = /^https?:\/\/[^/?#\s]+\/([dgh])\/([^/?#\s]{1,200})$/.exec(text.trim()) ?? [];
  const of = (Object.keys(labelPaths) as LabelKind[]).find((kind) => labelPaths[kind] === path);
  if (of === undefined || id === undefined) return undefined;
  const plain = decoded(id);
  const schema = of === 'dwelling' ? recordIdSchema : deviceIdSchema;
  return schema.safeParse(plain).success ? { of, id: plain } : undefined;
}

/** The identifier in a code: that of a label, or the text itself where a maker has printed a serial number. */
export function idInCode(text: string): string | undefined {
  const labelled = labelledIn(text);
  if (labelled) return labelled.id;
  const plain = text.trim();
  return deviceIdSchema.safeParse(plain).success ? plain : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return '';
  }
}
