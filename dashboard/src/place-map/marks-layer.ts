import type { MapFrame } from '@carebell/contracts/map.ts';
import { DomUtil, Layer } from 'leaflet';
import type { LeafletMouseEvent, Map as LeafletMap } from 'leaflet';
import type { ChartLook } from '../history/chart-look.ts';
import { paintMark, paintStation, paintStationName, radiusOf } from './mark-painter.ts';
import type { Spot } from './mark-painter.ts';
import type { Mark, Marks } from './marks.ts';

export type Shown = {
  marks: Marks;
  stations: MapFrame['stations'];
  look: ChartLook;
  /** The home that somebody has chosen. */
  chosenId: string | undefined;
};

/** A finger is wider than a mark. */
const reachPx = 12;

/** Paints the marks in sight on one canvas, so that it does not matter how many there are. */
export class MarksLayer extends Layer {
  #canvas: HTMLCanvasElement | undefined;
  #painted: Placed[] = [];
  #isDue = false;
  #shown: Shown;
  readonly #onPick: (dwellingId: string) => void;

  constructor(shown: Shown, onPick: (dwellingId: string) => void) {
    super();
    this.#shown = shown;
    this.#onPick = onPick;
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#paintSoon();
  }

  override onAdd(map: LeafletMap): this {
    this.#canvas = DomUtil.create('canvas', 'map-marks', map.getPane('overlayPane'));
    map.on('move zoom resize viewreset', this.#paintSoon, this);
    map.on('click', this.#pick, this);
    this.#paintSoon();
    return this;
  }

  override onRemove(map: LeafletMap): this {
    map.off('move zoom resize viewreset', this.#paintSoon, this);
    map.off('click', this.#pick, this);
    this.#canvas?.remove();
    this.#canvas = undefined;
    return this;
  }

  #paintSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#paint();
    });
  }

  #paint(): void {
    const canvas = this.#canvas;
    const pen = canvas?.getContext('2d');
    if (canvas === undefined || !pen || this._map === undefined) return;
    const map = this._map;
    const { x: width, y: height } = map.getSize();
    const ratio = devicePixelRatio;
    DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    pen.scale(ratio, ratio);
    const { marks, stations, look, chosenId } = this.#shown;
    const bounds = map.getBounds().pad(0.1);
    const seen = marks.inSight({
      west: bounds.getWest(),
      south: bounds.getSouth(),
      east: bounds.getEast(),
      north: bounds.getNorth(),
      zoom: map.getZoom(),
    });
    const spotOf = ([longitude, latitude]: readonly [number, number]): Spot =>
      map.latLngToContainerPoint([latitude, longitude]);
    const houses = stations.map(({ name, longitude, latitude }) => ({
      name,
      spot: spotOf([longitude, latitude]),
    }));
    for (const { spot } of houses) paintStation(pen, spot, look);
    const placed = seen.map((mark) => ({ mark, spot: spotOf(mark.at) }));
    const [alarms, others] = [placed.filter(isAlarm), placed.filter((one) => !isAlarm(one))];
    this.#painted = [...others, ...alarms];
    for (const one of others) paintPlaced(pen, one, look, chosenId);
    for (const { name, spot } of houses) paintStationName(pen, name, spot, look);
    for (const one of alarms) paintPlaced(pen, one, look, chosenId);
  }

  /** What was painted last lies above. */
  #pick(event: LeafletMouseEvent): void {
    const { x, y } = event.containerPoint;
    const hit = this.#painted.findLast(
      ({ mark, spot }) => Math.hypot(spot.x - x, spot.y - y) <= Math.max(reachPx, radiusOf(mark)),
    );
    if (hit === undefined) return;
    const { mark } = hit;
    if (mark.of === 'dwelling') this.#onPick(mark.id);
    else {
      const [longitude, latitude] = mark.at;
      this._map.setView([latitude, longitude], this.#shown.marks.partsAtZoom(mark.id));
    }
  }
}

type Placed = { mark: Mark; spot: Spot };

function isAlarm({ mark }: Placed): boolean {
  return mark.of === 'dwelling' && mark.state === 'alarm';
}

function paintPlaced(
  pen: CanvasRenderingContext2D,
  { mark, spot }: Placed,
  look: ChartLook,
  chosenId: string | undefined,
): void {
  paintMark(pen, mark, spot, look);
  if (mark.of !== 'dwelling' || mark.id !== chosenId) return;
  pen.beginPath();
  pen.arc(spot.x, spot.y, radiusOf(mark) + 7, 0, 2 * Math.PI);
  pen.lineWidth = 3;
  pen.strokeStyle = look.text;
  pen.stroke();
}
