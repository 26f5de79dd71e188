import type { Signature } from '@carebell/contracts/commissioning.ts';

/** As many points as are kept of a stroke: a slow hand makes far more than a line needs. */
const pointsAtMost = 1_500;

/** What was drawn, as strokes of whole pixels; `undefined` if nothing was. */
export function signatureOf(
  drawn: readonly { points: readonly { x: number; y: number }[] }[],
  { width, height }: { width: number; height: number },
): Signature | undefined {
  const strokes = drawn.flatMap(({ points }) => {
    if (points.length === 0) return [];
    const every = Math.ceil(points.length / pointsAtMost);
    const kept = points.filter((_, index) => index % every === 0 || index === points.length - 1);
    return [kept.flatMap(({ x, y }) => [Math.round(x), Math.round(y)])];
  });
  return strokes.length === 0 ? undefined : { width, height, strokes: strokes.slice(0, 200) };
}

/** A stroke as the path of an SVG; a dot is a line to itself. */
export function pathOf(stroke: readonly number[]): string {
  const [x = 0, y = 0, ...rest] = stroke;
  const points: string[] = [];
  for (let at = 0; at + 1 < rest.length; at += 2) points.push(`L${rest[at]} ${rest[at + 1]}`);
  return `M${x} ${y}${points.length === 0 ? `L${x} ${y}` : points.join('')}`;
}
