import { itemsOf } from '#sandbox/generators/generator.ts';
import {
  dueOf,
  farLaterThan,
  firstStraggler,
  latestOf,
  minuteKey,
  minutesOf,
  nameOf,
  overtakenIn,
  type SensorMinute,
} from '#sandbox/generators/minutes-of-readings.ts';
import { DUE_AFTER_MS, MAX_DELAY_MS } from '#sandbox/generators/reading-times.ts';
import { type Reading, readings as readingGenerator } from '#sandbox/generators/readings.ts';
import { sqlTimestamp } from '#sandbox/generators/sql-timestamp.ts';
import {
  counted,
  defineGrader,
  type EndedSql,
  type Explanation,
  endInWords,
  evidenceOf,
  explainClock,
  explainOtherWindow,
  explainReaders,
  explainSql,
  fail,
  fieldOf,
  type GraderContext,
  haveEnded,
  jobsInWords,
  jsonOf,
  type KafkaRecord,
  ownEnding,
  pauseOnce,
  placeOf,
  QUERY_ENDED,
  readsNoMore,
  says,
  show,
  startAmid,
  textOf,
  windowOf,
  windowOff,
} from '#sandbox/grading/kit/index.ts';

const QUIET_MS = 1_000;
const OTHER_FUNCTION = { diagnosis: 'OTHER_AGGREGATE', question: 'Which function of the temperatures gives this?' } as const;

export default defineGrader(async (context) => {
  const { program, inputs, later, check } = context;
  const settled = itemsOf(readingGenerator, inputs.readings);
  const coming = itemsOf(readingGenerator, later.readings?.items);
  const course = await watch(context, { settled, coming });
  const all = [...settled, ...coming];
  const given = { course, program, minutes: minutesOf(all), overtaken: overtakenIn(all) };
  const first = { ...given, due: dueOf(settled) };

  await check('windows', () => expectWindows(first));
  await check('counts', { needs: 'windows' }, () => expectCounts(first));
  await check('highest', { needs: 'windows' }, () => expectHighest(first));
  await check('closes', { needs: ['counts', 'highest'] }, () => {
    const whole = { ...given, due: dueOf(all) };
    expectTimely(whole);
    expectCounts(whole);
    expectHighest(whole);
  });
  await check('once', { needs: 'windows' }, () => expectOnce(course.records));
});

/** What a check is judged by. */
interface Given {
  course: Course;
  program: EndedSql;
  /** All minutes of the round. */
  minutes: ReadonlyMap<string, SensorMinute>;
  /** How many readings of each minute a watermark without delay loses. */
  overtaken: ReadonlyMap<string, number>;
  due: readonly SensorMinute[];
}

/** What the grader saw while readings arrived. */
interface Course {
  /** Rows written once the query had read what was already in the topic. */
  first: readonly KafkaRecord[];
  records: readonly KafkaRecord[];
  /** The first row written before its minute could be known to be complete; null when none was. */
  early: EarlyRow | null;
  /** Whether the topic of the readings holds some that no sensor sent. */
  hasForeignReadings: boolean;
  /** Where rows were missing and the query ran: those that came once a reading arrived that was measured far later. */
  farLater: readonly KafkaRecord[];
  jobs: readonly { state: string }[];
  /** Of the topic of the readings. */
  partitions: number;
}

interface EarlyRow {
  record: KafkaRecord;
  /** Time of the latest reading when it arrived, or later. */
  latestMs: number;
}

/**
 * Starts the query, and produces the later readings in parts: some while it starts, some before the first turn of a minute, and then, so
 * that each step of event time can be observed, the rest without its last, and the last.
 */
async function watch(
  context: GraderContext,
  { settled, coming }: Record<'settled' | 'coming', readonly Reading[]>,
): Promise<Course> {
  const { kafka, later } = context;
  const records = later.readings?.records ?? [];
  const known = minutesOf([...settled, ...coming]);
  const turn = firstStraggler(coming);
  const beforeTurn = [...settled, ...coming.slice(0, turn)];
  const live = await startAmid(context, { topic: 'readings', records: records.slice(0, turn) });
  const seen: { early: EarlyRow | null } = { early: null };
  const untilDue = async (readings: readonly Reading[], latest: readonly Reading[] = readings) => {
    const due = dueOf(readings);
    const settles = (rows: readonly KafkaRecord[]) => holdsAll(rows, due) || rows.some((row) => !known.has(keyOf(row)));
    const awaited = await kafka.until('per-minute', settles, live.waiting);
    seen.early ??= earlyAmong(awaited.records, latest);
    return awaited;
  };
  const { records: first } = await untilDue(settled, beforeTurn);
  let sent = await live.stopFeeding();
  let due = dueOf(settled);
  if (holdsAll(first, due) && seen.early === null) {
    await kafka.produce('readings', records.slice(sent, turn));
    await pauseOnce(context);
    const { records: rows } = await kafka.until('per-minute', () => false, { ...live.waiting, limitMs: QUIET_MS });
    seen.early ??= earlyAmong(rows, beforeTurn);
    await kafka.produce('readings', records.slice(turn, -1));
    await untilDue([...settled, ...coming.slice(0, -1)]);
    await kafka.produce('readings', records.slice(-1));
    await untilDue([...settled, ...coming]);
    due = dueOf([...settled, ...coming]);
    sent = records.length;
  }
  const { records: all } = await kafka.until('per-minute', () => false, { ...live.waiting, limitMs: QUIET_MS });
  const jobs = await live.jobs();
  const isWaiting = !holdsAll(all, due) && seen.early === null && !haveEnded(jobs);
  // A reading that closes every window, however far the watermark lags behind, shows whether rows are late or will never come.
  if (isWaiting) await kafka.produce('readings', [readingGenerator.toRecord(farLaterThan([...settled, ...coming]))]);
  const patience = { ...live.waiting, limitMs: live.waiting.limitMs / 4 };
  const farLater = isWaiting ? (await kafka.until('per-minute', (rows) => holdsAll(rows, due), patience)).records : [];
  const hasForeignReadings = seen.early !== null && (await kafka.readAll('readings')).length > settled.length + sent;
  await live.kill();
  await live.ended;
  return { first, records: all, early: seen.early, hasForeignReadings, farLater, jobs, partitions: kafka.partitions('readings') };
}

function earlyAmong(rows: readonly KafkaRecord[], readings: readonly Reading[]): EarlyRow | null {
  const latestMs = latestOf(readings);
  const record = rows.find((row) => placeInTime(row).endMs > latestMs - MAX_DELAY_MS);
  return record ? { record, latestMs } : null;
}

const placeInTime = (record: KafkaRecord) => windowOf(jsonOf(record));
const keyOf = (record: KafkaRecord) => minuteKey(placeInTime(record));

function holdsAll(rows: readonly KafkaRecord[], minutes: readonly SensorMinute[]): boolean {
  const keys = new Set(rows.map(keyOf));
  return minutes.every((minute) => keys.has(minuteKey(minute)));
}

function expectWindows(given: Given): void {
  const { course, minutes, due, program } = given;
  const stranger = course.records.find((record) => !minutes.has(keyOf(record)));
  if (stranger) failStranger(stranger, given);
  const missing = due.filter((minute) => !holdsAll(course.first, [minute]));
  const [example] = missing;
  if (!example) return;
  fail({
    message: `${due.length - missing.length} of ${counted(due.length, 'row')} arrived. The first missing one is that of ${nameOf(example)}.${endInWords(program, course.jobs)}${ownEnding(program)}`,
    expected: 'A row for each sensor and each minute in which it measured, once the minute is over in event time.',
    ...explainMissing(given),
  });
}

/** Says why rows are missing: by what came in the end, then by what did not come at all. */
function explainMissing({ course: { records, farLater, jobs, partitions }, due, minutes, program }: Given): Explanation {
  if (readsNoMore(program, jobs)) return QUERY_ENDED;
  if (farLater.length > 0 && holdsAll(farLater, due))
    return { diagnosis: 'WATERMARK_TOO_LONG', question: 'How far behind the latest reading is the watermark?' };
  if (farLater.some((record) => !minutes.has(keyOf(record)))) return explainOtherWindow(program);
  if (records.length > 0) return { diagnosis: 'OTHER_ROWS', question: 'What do the missing rows have in common?' };
  return explainClock(program) ?? explainReaders(program, partitions) ?? explainSql(program, ['readings', 'per-minute']);
}

function failStranger(record: KafkaRecord, { minutes, program }: Given): never {
  return fail({
    message: `The row at ${placeOf(record)} matches no minute in which that sensor measured: ${windowOff(jsonOf(record), [...minutes.values()])}.`,
    expected: 'Windows of one minute, each from one full minute to the next, in event time.',
    ...explainOtherWindow(program),
    evidence: [evidenceOf(record, { observed: textOf(record.value), expected: 'a sensor and a minute of this round' })],
  });
}

interface Compared {
  record: KafkaRecord;
  minute: SensorMinute;
  said: unknown;
}

/** Returns the rows of the minutes that are due, with what they say in a column. */
function compare({ course, due }: Given, column: 'readings' | 'highest'): Compared[] {
  const byKey = new Map(due.map((minute) => [minuteKey(minute), minute]));
  return course.records.flatMap((record) => {
    const minute = byKey.get(keyOf(record));
    return minute ? [{ record, minute, said: fieldOf(jsonOf(record), column) }] : [];
  });
}

function expectCounts(given: Given): void {
  const compared = compare(given, 'readings');
  const wrong = compared.filter(({ minute, said }) => said !== minute.readings);
  if (wrong.length > 0) failNumbers(wrong, { column: 'readings', compared, ...explainCounts(wrong, { ...given, compared }) });
}

function explainCounts(wrong: readonly Compared[], given: Given & { compared: readonly Compared[] }): Explanation {
  const { compared, overtaken, program } = given;
  const lost = ({ minute, said }: Compared) => minute.readings - Number(said);
  const rowsOf = ({ minute }: Compared) => compared.filter((row) => row.minute === minute);
  if (wrong.every((row) => rowsOf(row).some(({ minute, said }) => said === minute.readings)))
    return { diagnosis: 'ROW_WRITTEN_TWICE', question: 'How many of your queries write to this topic?' };
  const sumOf = (rows: readonly Compared[]) => rows.reduce((sum, { said }) => sum + Number(said), 0);
  if (wrong.every((row) => rowsOf(row).length > 1 && sumOf(rowsOf(row)) === row.minute.readings))
    return { diagnosis: 'OTHER_WINDOW', question: 'How long is the window that each of these rows is for?' };
  const mayBeLate = wrong.every((row) => lost(row) > 0 && lost(row) <= (overtaken.get(minuteKey(row.minute)) ?? 0));
  if (mayBeLate && !says(program, /DISTINCT|FILTER|WHERE/i))
    return {
      diagnosis: 'WATERMARK_TOO_SHORT',
      question: 'Which readings of that minute had not arrived when its window closed?',
    };
  return { diagnosis: 'OTHER_AGGREGATE', question: 'Which readings does this row count, and which not?' };
}

function expectHighest(given: Given): void {
  const compared = compare(given, 'highest');
  const wrong = compared.filter(({ minute, said }) => said !== minute.highest);
  if (wrong.length > 0) failNumbers(wrong, { column: 'highest', compared, ...OTHER_FUNCTION });
}

function failNumbers(
  wrong: readonly Compared[],
  { column, compared, ...explanation }: Explanation & { column: 'readings' | 'highest'; compared: readonly Compared[] },
): never {
  const [first] = wrong;
  return fail({
    message: `Rows with a wrong number: ${wrong.length} of ${compared.length}. The row of ${first ? nameOf(first.minute) : ''} says ${column} = ${show(first?.said)}.`,
    expected: `${column} = ${first?.minute[column]} in that row.`,
    ...explanation,
    evidence: wrong.map(({ record, minute, said }) =>
      evidenceOf(record, { observed: `${nameOf(minute)}: ${show(said)}`, expected: minute[column] }),
    ),
  });
}

function expectTimely(given: Given): void {
  const { course, due, program } = given;
  const { records, early, jobs } = course;
  if (early) {
    fail({
      message: `The row of ${show(textOf(early.record.value) ?? 'null')} arrived when the latest reading was measured at ${sqlTimestamp(early.latestMs)}: readings of that minute could still arrive.${endInWords(program, jobs)}`,
      expected: 'A row arrives when no reading of its minute can still arrive, and the query keeps running.',
      ...explainEarly(course, program),
      evidence: [evidenceOf(early.record, { observed: textOf(early.record.value), expected: 'no row yet' })],
    });
  }
  const missing = due.find((minute) => !holdsAll(records, [minute]));
  if (!missing) return;
  fail({
    message: `The row of ${nameOf(missing)} was missing after a reading arrived that was measured ${DUE_AFTER_MS / 1000} s after the end of its minute. ${jobsInWords(program, jobs)}${ownEnding(program)}`,
    expected: 'The rows of a minute arrive once a reading has arrived that was measured 30 s or more after its end.',
    ...explainMissing(given),
  });
}

function explainEarly({ hasForeignReadings, jobs }: Course, program: EndedSql): Explanation {
  if (readsNoMore(program, jobs)) return QUERY_ENDED;
  return hasForeignReadings
    ? { question: 'Which of your statements writes to the topic that the readings come from?' }
    : { diagnosis: 'WATERMARK_TOO_SHORT', question: 'How far may a reading lag behind?' };
}

function expectOnce(rows: readonly KafkaRecord[]): void {
  for (const [key, same] of Map.groupBy(rows, keyOf)) {
    if (same.length === 1) continue;
    fail({
      message: `${counted(same.length, 'row')} arrived for one minute of the sensor ${key.split(' ')[0]}.`,
      expected: 'One row for each sensor and each minute.',
      question: 'How many of your queries write to this topic?',
      diagnosis: 'ROW_WRITTEN_TWICE',
      evidence: same.map((record) => evidenceOf(record, { observed: textOf(record.value), expected: 'once' })),
    });
  }
}
