/** Which sensor takes a reading, and what it measures. */
import type { Random } from './random.ts';
import { WINDOW_MS } from './reading-times.ts';

const SENSORS = ['attic', 'boiler', 'cellar', 'garage', 'hall', 'kitchen', 'office', 'roof'];
const FOREIGN_SENSORS = ['entrée', 'Kühlhaus', 'płot', 'ванна', '玄関'];

/** Returns the sensors; the first is a freezer, whose maximum is below zero. */
export function drawSensors(random: Random, edgeCases: boolean): string[] {
  const drawNumbered = (name: string) => `${name}-${random.int(1, 9)}`;
  if (!edgeCases) return ['freezer', ...random.shuffle(SENSORS).slice(0, 4)].map(drawNumbered);
  const [foreign = '', other = ''] = random.shuffle(FOREIGN_SENSORS);
  const twice = SENSORS.flatMap((name) => [`${name}-${random.int(1, 4)}`, `${name}-${random.int(5, 9)}`]);
  return [drawNumbered('freezer'), drawNumbered(foreign), drawNumbered(other), ...random.shuffle(twice)];
}

interface Measured {
  sensor: string;
  celsius: number;
  /** True when it arrives before its minute has ended, of a sensor that measures often. */
  isPlain: boolean;
}

/**
 * Returns a function that draws the sensor of each reading, in arrival order. A reading that arrives after its minute has ended
 * is from a sensor that already has a reading of that minute: losing it changes a row but removes none. The last sensor measures
 * once in each part.
 */
export function sensorDrawer(
  random: Random,
  sensors: readonly string[],
  settled: number,
): (measuredMs: number, index: number) => Measured {
  const [often, rare] = [sensors.slice(0, -1), sensors.at(-1) ?? 'hall'];
  const inTime = new Map<number, string[]>();
  const rareFrom = [7, settled + 7];
  let latestMs = 0;
  const drawInTime = (index: number, isFirst: boolean) => {
    const [next = Number.POSITIVE_INFINITY] = rareFrom;
    if (index >= next && !isFirst) {
      rareFrom.shift();
      return rare;
    }
    return index % sensors.length === 0 ? (often[0] ?? rare) : random.pick(often);
  };
  return (measuredMs, index) => {
    const windowEndMs = Math.floor(measuredMs / WINDOW_MS + 1) * WINDOW_MS;
    const isLate = latestMs >= windowEndMs - 1; // a watermark closes a window on reaching its last millisecond
    latestMs = Math.max(latestMs, measuredMs);
    const there = inTime.get(windowEndMs) ?? [];
    const isAmongThose = isLate && there.length > 0;
    const sensor = isAmongThose ? random.pick(there) : drawInTime(index, there.length === 0);
    if (!isAmongThose) inTime.set(windowEndMs, sensor === rare ? there : [...there, sensor]);
    return { sensor, celsius: drawCelsius(sensor, random), isPlain: !isLate && sensor !== rare };
  };
}

function drawCelsius(sensor: string, random: Random): number {
  return (sensor.startsWith('freezer') ? random.int(-243, -151) : random.int(-49, 319)) / 10;
}

interface Placed extends Measured {
  ms: number;
}

/** Returns how many readings `withRepeats` adds to a part. */
export const repeatsOf = (edgeCases: boolean) => (edgeCases ? 2 : 1);

/**
 * Returns the readings with one more of a sensor that measures twice at the same time, and with one that is as warm as the warmest of its
 * minute; with edge cases, with one that is the same as another in everything. Where it can be, they are in minutes in which that sensor has
 * no late reading.
 */
export function withRepeats(drawn: readonly Placed[], random: Random, edgeCases: boolean): Placed[] {
  const startOf = ({ ms }: Placed) => Math.floor(ms / WINDOW_MS);
  const lastStart = Math.max(...drawn.map(startOf));
  const rows = [...Map.groupBy(drawn, (one) => `${one.sensor} ${startOf(one)}`).values()];
  const timesOf = (row: readonly Placed[]) => new Set(row.filter(({ isPlain }) => isPlain).map(({ ms }) => ms));
  const due = rows.filter((row) => row.every((one) => startOf(one) < lastStart) && timesOf(row).size > 1);
  const whole = (row: readonly Placed[]) => Number(row.every(({ isPlain }) => isPlain));
  const [atOneTime, atOneHeight] = random.shuffle(due).sort((left, right) => whole(right) - whole(left));
  const first = atOneTime?.find(({ isPlain }) => isPlain);
  const [warmest] = atOneHeight?.toSorted((left, right) => right.celsius - left.celsius) ?? [];
  const other = atOneHeight?.find(({ isPlain, ms }) => isPlain && ms !== warmest?.ms);
  if (!first || !warmest || !other)
    throw new RangeError('readings need two minutes in which a sensor measures twice and in time');
  other.celsius = warmest.celsius;
  const colder = { ...first, celsius: (Math.round(first.celsius * 10) - 5) / 10 };
  const added = edgeCases ? [colder, { ...first }] : [colder];
  return drawn.flatMap((one) => (one === first ? [one, ...added] : [one]));
}
