import type { Resident } from '@carebell/contracts/registry.ts';

type RiskGroup = Resident['riskGroups'][number];

/** How somebody lives: hours of the day with their spread, and how often things happen. */
export type LifeStyle = {
  name: string;
  riskGroups: readonly RiskGroup[];
  /** Hours since midnight; a number past 24 is after midnight. */
  wakes: number;
  sleeps: number;
  spreadHours: number;
  /** Ways out: at which hour, for how many hours, and on which part of the days. */
  outings: readonly { atHour: number; hours: number; part: number }[];
  napPart: number;
  napHours: number;
  nightTrips: number;
  /** Minutes between movements while sitting. */
  sitsStillMinutes: number;
  longBathPart: number;
  visitsPerWeek: number;
  sensors: SensorSet;
  /** Nights of the month with much walking about. */
  restlessNights: number;
};

export const sensorSets = {
  full: [
    'motion:living',
    'motion:bathroom',
    'motion:kitchen',
    'motion:hall',
    'bed',
    'door',
    'button',
    'water',
  ],
  usual: ['motion:living', 'motion:bathroom', 'motion:bedroom', 'motion:kitchen', 'door', 'button'],
  /** Cheap radio codes: no heartbeats, no bed sensor. */
  sparse: ['motion:living', 'motion:bathroom', 'motion:bedroom', 'motion:hall', 'door', 'button'],
} as const;
export type SensorSet = keyof typeof sensorSets;

const market = { atHour: 8.2, hours: 1.1, part: 0.8 };
const walk = { atHour: 15.5, hours: 0.9, part: 0.7 };

export const lifeStyles: readonly LifeStyle[] = [
  {
    name: 'early riser',
    riskGroups: ['living-alone'],
    wakes: 5.9,
    sleeps: 21.3,
    spreadHours: 0.4,
    outings: [market, walk],
    napPart: 0.8,
    napHours: 1.1,
    nightTrips: 1.4,
    sitsStillMinutes: 9,
    longBathPart: 0.25,
    visitsPerWeek: 1,
    sensors: 'full',
    restlessNights: 0,
  },
  {
    name: 'night owl',
    riskGroups: ['living-alone'],
    wakes: 7.9,
    sleeps: 24.2,
    spreadHours: 0.5,
    outings: [{ atHour: 10.5, hours: 1.2, part: 0.7 }],
    napPart: 0.3,
    napHours: 1.2,
    nightTrips: 0.8,
    sitsStillMinutes: 12,
    longBathPart: 0.35,
    visitsPerWeek: 0.7,
    sensors: 'sparse',
    restlessNights: 0,
  },
  {
    name: 'always out',
    riskGroups: ['living-alone', 'advanced-age'],
    wakes: 6.2,
    sleeps: 21.8,
    spreadHours: 0.4,
    outings: [market, { atHour: 13.3, hours: 3.6, part: 0.75 }],
    napPart: 0.3,
    napHours: 0.8,
    nightTrips: 1.2,
    sitsStillMinutes: 8,
    longBathPart: 0.2,
    visitsPerWeek: 0.8,
    sensors: 'usual',
    restlessNights: 0,
  },
  {
    name: 'quiet and very old',
    riskGroups: ['advanced-age'],
    wakes: 7.1,
    sleeps: 20.8,
    spreadHours: 0.5,
    outings: [{ atHour: 9.5, hours: 0.6, part: 0.4 }],
    napPart: 0.95,
    napHours: 1.7,
    nightTrips: 2.4,
    sitsStillMinutes: 15,
    longBathPart: 0.3,
    visitsPerWeek: 2,
    sensors: 'full',
    restlessNights: 0,
  },
  {
    name: 'forgetful',
    riskGroups: ['dementia'],
    wakes: 6.4,
    sleeps: 21.2,
    spreadHours: 0.7,
    outings: [{ atHour: 9.2, hours: 0.8, part: 0.6 }],
    napPart: 0.6,
    napHours: 1.2,
    nightTrips: 2.2,
    sitsStillMinutes: 8,
    longBathPart: 0.2,
    visitsPerWeek: 5,
    sensors: 'full',
    restlessNights: 1,
  },
  {
    name: 'bound to the bed',
    riskGroups: ['disabled', 'advanced-age'],
    wakes: 7.2,
    sleeps: 21,
    spreadHours: 0.4,
    outings: [],
    napPart: 1,
    napHours: 2,
    nightTrips: 1,
    sitsStillMinutes: 14,
    longBathPart: 0.3,
    visitsPerWeek: 6,
    sensors: 'full',
    restlessNights: 0,
  },
];
