import type { MapFrame, MapPlace, MapStates } from '@carebell/contracts/map.ts';
import { control, latLngBounds, LayerGroup, Map as LeafletMap, Polyline, tileLayer } from 'leaflet';
import type { LatLngTuple } from 'leaflet';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useChartLook } from '../history/chart-look.ts';
import { groupMarks, hullOf } from './marks.ts';
import type { Position } from './marks.ts';
import { MarksLayer } from './marks-layer.ts';
import 'leaflet/dist/leaflet.css';

type Props = {
  frame: MapFrame;
  places: readonly MapPlace[];
  states: MapStates['items'];
  chosenId?: string | undefined;
  onPick: (dwellingId: string) => void;
  /** On a screen that nobody touches. */
  isStill?: boolean;
};

const nearestZoom = 19;
/** As near as one home alone is shown. */
const homeZoom = 16;
const toLatLng = ([longitude, latitude]: Position): LatLngTuple => [latitude, longitude];

/** The map itself, painted by Leaflet; every home on it can be reached by the list beside it too. */
export function MapCanvas({ frame, places, states, chosenId, onPick, isStill = false }: Props) {
  const { t } = useTranslation();
  const look = useChartLook();
  const holder = useRef<HTMLDivElement>(null);
  const opened = useRef<{ map: LeafletMap; layer: MarksLayer; ground: LayerGroup }>(undefined);
  const marks = useMemo(() => groupMarks(places, states), [places, states]);
  const shown = useMemo(
    () => ({ marks, stations: frame.stations, look, chosenId }),
    [marks, frame.stations, look, chosenId],
  );
  const latest = useRef({ shown, onPick });
  useEffect(() => {
    latest.current = { shown, onPick };
    opened.current?.layer.show(shown);
  }, [shown, onPick]);

  const { tiles } = frame;
  const zoomIn = t('map.zoomIn');
  const zoomOut = t('map.zoomOut');
  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const map = new LeafletMap(element, {
      maxZoom: nearestZoom,
      preferCanvas: true,
      zoomAnimation: false,
      zoomSnap: 0.25,
      fadeAnimation: false,
      zoomControl: false,
      attributionControl: tiles !== null,
      ...(isStill
        ? { keyboard: false, dragging: false, scrollWheelZoom: false, doubleClickZoom: false }
        : {}),
    }).setView([35, 105], 4);
    if (!isStill) control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
    control.scale({ imperial: false }).addTo(map);
    if (tiles !== null)
      tileLayer(tiles, { attribution: new URL(tiles).host, maxZoom: nearestZoom }).addTo(map);
    const ground = new LayerGroup().addTo(map);
    const layer = new MarksLayer(latest.current.shown, (id) => latest.current.onPick(id)).addTo(map);
    opened.current = { map, layer, ground };
    const watch = new ResizeObserver(() => void map.invalidateSize());
    watch.observe(element);
    return () => {
      watch.disconnect();
      map.remove();
      opened.current = undefined;
    };
  }, [tiles, isStill, zoomIn, zoomOut]);

  // What is there changes all the time; only other places or outlines move the map.
  useEffect(() => {
    const { map, ground } = opened.current ?? {};
    if (map === undefined || ground === undefined) return;
    ground.clearLayers();
    const positions: Position[] = [
      ...places.map(([, longitude, latitude]): Position => [longitude, latitude]),
      ...frame.stations.map(({ longitude, latitude }): Position => [longitude, latitude]),
    ];
    const lines: Position[][] = frame.outlines.flatMap((outline) => outline.lines);
    for (const line of lines)
      new Polyline(line.map(toLatLng), { color: look.dim, weight: 2, interactive: false }).addTo(ground);
    if (lines.length === 0) {
      const hull = hullOf(positions);
      const around = [...hull, ...hull.slice(0, 1)].map(toLatLng);
      new Polyline(around, { color: look.dim, weight: 2, dashArray: '6 8', interactive: false }).addTo(
        ground,
      );
    }
    const all = [...positions, ...lines.flat()];
    if (all.length > 0)
      map.fitBounds(latLngBounds(all.map(toLatLng)), { padding: [40, 40], maxZoom: homeZoom });
  }, [places, frame, look]);

  useEffect(() => {
    const place = places.find(([id]) => id === chosenId);
    if (place === undefined || opened.current === undefined) return;
    const [, longitude, latitude] = place;
    const { map } = opened.current;
    if (!map.getBounds().pad(-0.1).contains([latitude, longitude]))
      map.setView([latitude, longitude], Math.max(homeZoom, map.getZoom()));
  }, [chosenId, places]);

  return <div ref={holder} className="map-canvas" role="application" aria-label={t('map.label')} />;
}
