import type { ChartLook } from '../history/chart-look.ts';
import type { Mark } from './marks.ts';

export type Spot = { x: number; y: number };

const homeRadius = { alarm: 13, silent: 8, away: 7, quiet: 5 } as const;
const groupRadius = { least: 13, perTenfold: 5 } as const;

export function radiusOf(mark: Mark): number {
  if (mark.of === 'dwelling') return homeRadius[mark.state];
  return groupRadius.least + groupRadius.perTenfold * Math.log10(mark.count);
}

/** Each state has a shape of its own, so that nobody needs the colours: triangle, square, ring, dot. */
export function paintMark(pen: CanvasRenderingContext2D, mark: Mark, { x, y }: Spot, look: ChartLook): void {
  const radius = radiusOf(mark);
  pen.lineWidth = 2;
  pen.strokeStyle = look.surface;
  if (mark.of === 'group') paintGroup(pen, mark, { x, y }, look);
  else if (mark.state === 'alarm') {
    path(pen, [
      [x, y - radius],
      [x + radius, y + radius * 0.8],
      [x - radius, y + radius * 0.8],
    ]);
    fill(pen, look.emergency);
    write(pen, '!', { x, y: y + radius * 0.2 }, { colour: '#ffffff', look });
  } else if (mark.state === 'silent') {
    pen.beginPath();
    pen.rect(x - radius, y - radius, radius * 2, radius * 2);
    fill(pen, look.urgent);
  } else if (mark.state === 'away') {
    circle(pen, { x, y }, radius);
    pen.fillStyle = look.surface;
    pen.fill();
    pen.strokeStyle = look.service;
    pen.lineWidth = 3;
    pen.stroke();
  } else {
    circle(pen, { x, y }, radius);
    fill(pen, look.accent);
  }
}

const stationSize = 10;

/** A station: a house with a thick edge. */
export function paintStation(pen: CanvasRenderingContext2D, { x, y }: Spot, look: ChartLook): void {
  const size = stationSize;
  path(pen, [
    [x, y - size * 1.4],
    [x + size, y - size * 0.3],
    [x + size, y + size],
    [x - size, y + size],
    [x - size, y - size * 0.3],
  ]);
  pen.lineWidth = 2.5;
  pen.fillStyle = look.surface;
  pen.fill();
  pen.strokeStyle = look.text;
  pen.stroke();
}

/** Its name, to be painted above the homes around it and below their alarms. */
export function paintStationName(
  pen: CanvasRenderingContext2D,
  name: string,
  { x, y }: Spot,
  look: ChartLook,
): void {
  pen.lineWidth = 4;
  pen.strokeStyle = look.surface;
  pen.fillStyle = look.text;
  pen.font = `600 ${look.fontSize}px ${look.font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  pen.strokeText(name, x, y + stationSize + 4);
  pen.fillText(name, x, y + stationSize + 4);
}

function paintGroup(
  pen: CanvasRenderingContext2D,
  mark: Extract<Mark, { of: 'group' }>,
  spot: Spot,
  look: ChartLook,
): void {
  const radius = radiusOf(mark);
  circle(pen, spot, radius);
  fill(pen, mark.state === 'away' ? look.service : look.accent);
  write(pen, mark.count > 999 ? `${Math.round(mark.count / 100) / 10}k` : String(mark.count), spot, {
    colour: mark.state === 'away' ? '#ffffff' : look.onAccent,
    look,
  });
  if (mark.state !== 'silent') return;
  const corner = { x: spot.x + radius * 0.75, y: spot.y - radius * 0.75 };
  pen.beginPath();
  pen.rect(corner.x - 5, corner.y - 5, 10, 10);
  fill(pen, look.urgent);
}

function path(pen: CanvasRenderingContext2D, corners: readonly (readonly [number, number])[]): void {
  pen.beginPath();
  for (const [x, y] of corners) pen.lineTo(x, y);
  pen.closePath();
}

function circle(pen: CanvasRenderingContext2D, { x, y }: Spot, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
}

function fill(pen: CanvasRenderingContext2D, colour: string): void {
  pen.fillStyle = colour;
  pen.fill();
  pen.stroke();
}

function write(
  pen: CanvasRenderingContext2D,
  text: string,
  { x, y }: Spot,
  { colour, look }: { colour: string; look: ChartLook },
): void {
  pen.fillStyle = colour;
  pen.font = `700 ${look.fontSize}px ${look.font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(text, x, y + 1);
}
