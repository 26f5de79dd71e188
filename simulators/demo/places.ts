/** Where the sample community lies: an invented town on a real river bank, in degrees of WGS-84. */
type Place = { latitude: number; longitude: number };

const stations: Readonly<Record<string, Place>> = {
  'qingshan-station': { latitude: 31.0412, longitude: 120.9874 },
  'huaiyin-station': { latitude: 31.0491, longitude: 121.0003 },
  'liuhe-station': { latitude: 31.0327, longitude: 121.0129 },
};

export function stationPlace(stationId: string): Place {
  return stations[stationId] ?? { latitude: 31.04, longitude: 121 };
}

/** Homes lie around their station in a spiral, so that none lies on another. */
export function homePlace(stationId: string, index: number): Place {
  const { latitude, longitude } = stationPlace(stationId);
  const angle = index * 2.4;
  const distance = 0.0011 * Math.sqrt(index + 1);
  return {
    latitude: rounded(latitude + distance * Math.sin(angle)),
    longitude: rounded(longitude + distance * 1.17 * Math.cos(angle)),
  };
}

export function gridOf(index: number): string {
  return `第 ${(index % 3) + 1} 网格`;
}

/** Rounded to a metre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 100_000) / 100_000;
}

type Outline = { organisationId: string; geometry: object };

const corner = (latitude: number, longitude: number) => [longitude, latitude] as const;

/** The borders of the streets, as GeoJSON. */
export const outlines: readonly Outline[] = [
  {
    organisationId: 'qingshan-street',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          corner(31.034, 120.979),
          corner(31.0352, 120.992),
          corner(31.0432, 121.0062),
          corner(31.056, 121.0075),
          corner(31.0572, 120.994),
          corner(31.0478, 120.9812),
          corner(31.034, 120.979),
        ],
      ],
    },
  },
  {
    organisationId: 'liuhe-street',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          corner(31.0352, 120.992),
          corner(31.0432, 121.0062),
          corner(31.0418, 121.0205),
          corner(31.0268, 121.0222),
          corner(31.0248, 121.0052),
          corner(31.0352, 120.992),
        ],
      ],
    },
  },
];
