import { itemsOf } from '#sandbox/generators/generator.ts';
import { firstStraggler, latestOf, minuteKey, minutesOf, type SensorMinute } from '#sandbox/generators/minutes-of-readings.ts';
import { DUE_AFTER_MS, MAX_DELAY_MS, type Reading, readings as readingGenerator } from '#sandbox/generators/readings.ts';
import { parseSqlTimestamp, sqlTimestamp } from '#sandbox/generators/sql-timestamp.ts';
import {
  counted,
  defineGrader,
  type EndedSql,
  endingOf,
  evidenceOf,
  explainSql,
  fail,
  fieldOf,
  type GraderContext,
  jsonOf,
  type KafkaRecord,
  placeOf,
  says,
  show,
  textOf,
} from '#sandbox/grading/kit/index.ts';

const OUT_WITHIN_MS = 12_000;
const QUIET_MS = 1_000;

export default defineGrader(async (context) => {
  const { program, inputs, later, check } = context;
  const settled = itemsOf(readingGenerator, inputs.readings);
  const coming = itemsOf(readingGenerator, later.readings?.items);
  const course = await watch(context, { settled, coming });
  const minutes = minutesOf([...settled, ...coming]);
  const first = dueOf(settled);

  await check('windows', () => expectWindows(course, { minutes, due: first, program }));
  await check('counts', { needs: 'windows' }, () => expectNumbers(course.records, first, { ...COUNT, program }));
  await check('highest', { needs: 'windows' }, () => expectNumbers(course.records, first, { ...HIGHEST, program }));
  await check('closes', { needs: ['counts', 'highest'] }, () => {
    const due = dueOf([...settled, ...coming]);
    expectTimely(course, { due, program });
    expectNumbers(course.records, due, { ...COUNT, program });
    expectNumbers(course.records, due, { ...HIGHEST, program });
  });
  await check('once', { needs: 'windows' }, () => expectOnce(course.records));
});

/** Returns the minutes whose rows must exist once all of these readings have arrived. */
function dueOf(readings: readonly Reading[]): SensorMinute[] {
  const latest = latestOf(readings);
  return [...minutesOf(readings).values()].filter(({ endMs }) => endMs + DUE_AFTER_MS <= latest);
}

/** What the grader saw while readings arrived. */
interface Course {
  /** Rows written once the query had read what was already in the topic. */
  first: readonly KafkaRecord[];
  records: readonly KafkaRecord[];
  /** The first row written before its minute could be known to be complete; null when none was. */
  early: { record: KafkaRecord; latestMs: number } | null;
  /** States of the jobs at the end. */
  states: readonly string[];
}

interface Readings {
  settled: readonly Reading[];
  coming: readonly Reading[];
}

/** Starts the query and produces the later readings in three parts, so that each step of event time can be observed. */
async function watch({ kafka, program, later }: GraderContext, { settled, coming }: Readings): Promise<Course> {
  const records = later.readings?.records ?? [];
  const known = minutesOf([...settled, ...coming]);
  const running = await program.start();
  const waiting = { limitMs: OUT_WITHIN_MS, unless: running.ended };
  const untilDue = async (readings: readonly Reading[]) => {
    const due = dueOf(readings);
    const settles = (rows: readonly KafkaRecord[]) => holdsAll(rows, due) || rows.some((row) => !known.has(keyOf(row)));
    const awaited = await kafka.until('per-minute', settles, waiting);
    early ??= earlyAmong(awaited.records, readings);
    return awaited;
  };
  let early: Course['early'] = null;
  const { records: first } = await untilDue(settled);
  if (holdsAll(first, dueOf(settled)) && early === null) {
    const turn = firstStraggler(coming);
    await kafka.produce('readings', records.slice(0, turn));
    const { records: rows } = await kafka.until('per-minute', () => false, { ...waiting, limitMs: QUIET_MS });
    early ??= earlyAmong(rows, [...settled, ...coming.slice(0, turn)]);
    await kafka.produce('readings', records.slice(turn, -1));
    await untilDue([...settled, ...coming.slice(0, -1)]);
    await kafka.produce('readings', records.slice(-1));
    await untilDue([...settled, ...coming]);
  }
  const { records: all } = await kafka.until('per-minute', () => false, { ...waiting, limitMs: QUIET_MS });
  const states = (await running.jobs()).map(({ state }) => state);
  await running.kill();
  await running.ended;
  return { first, records: all, early, states };
}

function earlyAmong(rows: readonly KafkaRecord[], readings: readonly Reading[]): Course['early'] {
  const latestMs = latestOf(readings);
  const record = rows.find((row) => placeInTime(row).endMs > latestMs - MAX_DELAY_MS);
  return record ? { record, latestMs } : null;
}

function placeInTime(record: KafkaRecord) {
  const row = jsonOf(record);
  const time = (name: string) => parseSqlTimestamp(String(fieldOf(row, name)));
  return { sensor: String(fieldOf(row, 'sensor')), startMs: time('window_start'), endMs: time('window_end') };
}

const keyOf = (record: KafkaRecord) => minuteKey(placeInTime(record));

function holdsAll(rows: readonly KafkaRecord[], minutes: readonly SensorMinute[]): boolean {
  const keys = new Set(rows.map(keyOf));
  return minutes.every((minute) => keys.has(minuteKey(minute)));
}

interface WindowsExpectation {
  /** All minutes of the round. */
  minutes: ReadonlyMap<string, SensorMinute>;
  due: readonly SensorMinute[];
  program: EndedSql;
}

function expectWindows({ first, records }: Course, { minutes, due, program }: WindowsExpectation): void {
  const stranger = records.find((record) => !minutes.has(keyOf(record)));
  if (stranger) failStranger(stranger, program);
  const keys = new Set(first.map(keyOf));
  const missing = due.filter((minute) => !keys.has(minuteKey(minute)));
  const [example] = missing;
  if (!example) return;
  const came = keys.size === 0 ? 'No row arrived' : `${due.length - missing.length} of ${counted(due.length, 'row')} arrived`;
  fail({
    message: `${came}. The first missing one is that of ${nameOf(example)}. ${endingOf(program.result)}.`,
    expected: 'A row for each sensor and each minute in which it measured, once the minute is over in event time.',
    question: keys.size === 0 ? 'What tells the query that a minute is over?' : 'What do the missing rows have in common?',
    diagnosis: keys.size === 0 ? explainSilence(program) : 'OTHER_ROWS',
  });
}

function explainSilence(program: EndedSql) {
  if (says(program, /PROCTIME\s*\(/i)) return 'PROCESSING_TIME';
  if (says(program, /DESCRIPTOR\s*\([^)]*\)\s*,\s*INTERVAL\s*'(?!1'\s*MINUTE|60'\s*SECOND)/i)) return 'OTHER_WINDOW';
  return explainSql(program, ['readings', 'per-minute']) ?? 'WATERMARK_TOO_LONG';
}

function failStranger(record: KafkaRecord, program: EndedSql): never {
  const typedIn = says(program, /\bVALUES\b/i) ? 'ROWS_TYPED_IN' : 'OTHER_WINDOW';
  return fail({
    message: `The row at ${placeOf(record)} matches no minute in which that sensor measured: ${show(textOf(record.value) ?? 'null')}.`,
    expected: 'Windows of one minute, each from one full minute to the next, in event time.',
    question: 'At which times do your windows begin and end, and by whose clock?',
    diagnosis: says(program, /PROCTIME\s*\(/i) ? 'PROCESSING_TIME' : typedIn,
    evidence: [evidenceOf(record, { observed: textOf(record.value), expected: 'a sensor and a minute of this round' })],
  });
}

/** A column of a row that holds a number, and the question when it is wrong. */
interface Measure {
  column: 'readings' | 'highest';
  question: string;
}

const COUNT: Measure = { column: 'readings', question: 'Which readings of that minute had not arrived when its window closed?' };
const HIGHEST: Measure = { column: 'highest', question: 'Which function of the temperatures gives this?' };

function expectNumbers(
  rows: readonly KafkaRecord[],
  minutes: readonly SensorMinute[],
  { column, question, program }: Measure & { program: EndedSql },
): void {
  const byKey = new Map(minutes.map((minute) => [minuteKey(minute), minute]));
  const compared = rows.flatMap((record) => {
    const minute = byKey.get(keyOf(record));
    return minute ? [{ record, minute, said: fieldOf(jsonOf(record), column) }] : [];
  });
  const wrong = compared.filter(({ minute, said }) => said !== minute[column]);
  const [first] = wrong;
  if (!first) return;
  // Readings that arrive too late are missing at the turn of some minutes; a different function is wrong nearly everywhere.
  const fewer = wrong.every(({ minute, said }) => Number(said) < minute[column]);
  fail({
    message: `Rows with a wrong number: ${wrong.length} of ${compared.length}. The row of ${nameOf(first.minute)} says ${column} = ${show(first.said)}.`,
    expected: `${column} = ${first.minute[column]} in that row.`,
    question,
    diagnosis:
      column === 'readings' && fewer && !says(program, /DISTINCT|FILTER|WHERE/i) ? 'WATERMARK_TOO_SHORT' : 'OTHER_AGGREGATE',
    evidence: wrong.map(({ record, minute, said }) =>
      evidenceOf(record, { observed: `${nameOf(minute)}: ${show(said)}`, expected: minute[column] }),
    ),
  });
}

function nameOf({ sensor, startMs }: SensorMinute): string {
  return `${sensor} from ${sqlTimestamp(startMs).slice(11, 16)}`;
}

interface Timeliness {
  due: readonly SensorMinute[];
  program: EndedSql;
}

function expectTimely({ records, early, states }: Course, { due, program }: Timeliness): void {
  const ended = says(program, /scan\.bounded|execution\.runtime-mode/i);
  if (early) {
    fail({
      message: `The row of ${show(textOf(early.record.value) ?? 'null')} arrived when the latest reading was measured at ${sqlTimestamp(early.latestMs).slice(11)}: readings of that minute could still arrive.`,
      expected: 'A row arrives when no reading of its minute can still arrive, and the query keeps running.',
      question: ended ? 'What tells the query that there is nothing more to wait for?' : 'How far may a reading lag behind?',
      diagnosis: ended ? 'QUERY_ENDED' : 'WATERMARK_TOO_SHORT',
      evidence: [evidenceOf(early.record, { observed: textOf(early.record.value), expected: 'no row yet' })],
    });
  }
  const keys = new Set(records.map(keyOf));
  const missing = due.find((minute) => !keys.has(minuteKey(minute)));
  if (!missing) return;
  fail({
    message: `The row of ${nameOf(missing)} was missing after a reading arrived that was measured ${DUE_AFTER_MS / 1000} s after the end of its minute. State of the job: ${states.join(', ') || 'none started'}.`,
    expected: 'The rows of a minute arrive once a reading has arrived that was measured 30 s or more after its end.',
    question: 'How far behind the latest reading is the watermark?',
    diagnosis: ended ? 'QUERY_ENDED' : 'WATERMARK_TOO_LONG',
  });
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
