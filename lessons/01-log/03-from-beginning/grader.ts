import { itemsOf } from '#sandbox/generators/generator.ts';
import type { Order } from '#sandbox/generators/orders.ts';
import { ordersOfADay } from '#sandbox/generators/orders-of-a-day.ts';
import {
  counted,
  defineGrader,
  endingOf,
  expectEnded,
  expectSameRecords,
  explainMissing,
  fail,
  fieldOf,
  type GraderContext,
  type GraderGroup,
  isRead,
  isSame,
  jsonOf,
  type KafkaRecord,
  observe,
} from '#sandbox/grading/kit/index.ts';

/** Time to join, and time to end once all is copied; a program takes a tenth of either. */
const JOIN_MS = 10_000;
const END_MS = 8_000;
/**
 * How long the last order of a later round is to come: longer than a program of the first round may go on after it. So a program that
 * ends after a fixed time, whichever, ends too late in one round or too early in the other.
 */
const PAUSE_MS = END_MS + 4_000;
/** Without a new order for so long, a program that ends does so by the clock. */
const QUIET_MS = 1_500;

export default defineGrader(async (context) => {
  const { kafka, program, inputs, later, check } = context;
  const before = itemsOf(ordersOfADay, inputs.orders).map(({ order }) => order);
  const meanwhile = itemsOf(ordersOfADay, later.orders?.items).map(({ order }) => order);
  const all = [...before, ...meanwhile];
  const course = await runAmidOrders(context, all.length);
  const copies = await kafka.readAll('copies');
  const removed = await kafka.removed('copies');
  const { length: uncommitted } = copies.length < all.length ? await kafka.uncommitted('copies') : [];

  const expectation = { noun: 'order', topic: 'copies', program, removed, uncommitted };
  const found = idsIn(copies);
  const copied = all.filter(({ id }) => found.has(id));
  await check('copies', () => {
    const strange = copies.filter((record) => !all.some((order) => isSame(jsonOf(record), order)));
    if (copies.length === 0 || strange.length > 0) expectSameRecords(strange, { ...expectation, items: all });
  });
  const missing = { context, course, copied: copied.length, uncommitted, all };
  await check('before', { needs: 'copies' }, () => {
    expectNoneMissing(before, { ...missing, found, isFirst: true });
  });
  await check('meanwhile', { needs: 'copies' }, () => {
    expectNoneMissing(meanwhile, { ...missing, found, isFirst: false });
  });
  await check('once', { needs: 'copies' }, () => {
    expectSameRecords(copies, { ...expectation, items: copied });
  });
  await check('ends', { needs: ['before', 'meanwhile'] }, () => {
    if (course.endedByGrader) failStillRunning();
    expectEnded(program);
  });
  await check('left', { needs: 'ends' }, () => expectNobodyLeft(course.groups));
});

/** What happened while the program ran. */
interface Course {
  /** How many orders were still to come when it ended. */
  unsent: number;
  /** Time from the last order that arrived to its end, where more were to come. */
  quietMs: number;
  /** It had to be ended, for it went on when everything was copied, or copied no more. */
  endedByGrader: boolean;
  /** As they were when it had ended. */
  groups: GraderGroup[];
}

/** Runs the program while orders arrive in its topic: some are there, the rest come once it reads. */
async function runAmidOrders({ kafka, program, later, random, round }: GraderContext, count: number): Promise<Course> {
  const records = later.orders?.records ?? [];
  const running = await program.start();
  const unless = running.ended;
  const passed = (limitMs: number) => observe(async () => false, { limitMs, unless });
  await observe(async () => isRead(await kafka.groups(), 'orders'), { limitMs: JOIN_MS, unless });
  let sent = 0;
  let sentAt = performance.now();
  for (const record of records) {
    const isLast = sent === records.length - 1;
    if ((await passed(isLast && round > 1 ? PAUSE_MS : random.int(10, 60))) === 'ended') break;
    await kafka.produce('orders', [record]);
    sent += 1;
    sentAt = performance.now();
  }
  const unsent = records.length - sent;
  const quietMs = performance.now() - sentAt;
  if (unsent === 0) await kafka.until('copies', (copies) => idsIn(copies).size >= count, { limitMs: END_MS, unless });
  const endedByGrader = (await passed(END_MS)) !== 'ended';
  if (endedByGrader) await running.kill();
  await running.ended;
  return { unsent, quietMs, endedByGrader, groups: await kafka.groups() };
}

function idOf(record: KafkaRecord): unknown {
  return fieldOf(jsonOf(record), 'id');
}

function idsIn(records: readonly KafkaRecord[]): Set<unknown> {
  return new Set(records.map(idOf));
}

interface Missing {
  context: Pick<GraderContext, 'program'>;
  course: Course;
  /** How many orders were copied. */
  copied: number;
  /** Records in transactions that were aborted or are still open. */
  uncommitted: number;
  all: readonly Order[];
  found: ReadonlySet<unknown>;
  /** Of the orders that were there before the program started. */
  isFirst: boolean;
}

function expectNoneMissing(orders: readonly Order[], missing: Missing): void {
  const { context, course, copied, all, found, isFirst } = missing;
  const lost = orders.filter(({ id }) => !found.has(id));
  const [first] = lost;
  if (!first) return;
  const ending = endingOf(context.program.result);
  const facts = [
    `Of ${counted(all.length, 'order')}, ${copied} ${copied === 1 ? 'is' : 'are'} in copies; of the ${orders.length} that ${isFirst ? 'were there before your program started' : 'arrived while it ran'}, ${lost.length} ${lost.length === 1 ? 'is' : 'are'} missing, the first of them ${first.id}`,
    course.unsent > 0 && ending
      ? `${ending} while ${counted(course.unsent, 'order')} ${course.unsent === 1 ? 'was' : 'were'} still to come`
      : ending,
  ];
  fail({
    message: facts.flatMap((fact) => (fact ? `${fact}.` : [])).join(' '),
    expected: `Every order of the topic in copies, up to and with the one that has the header last.`,
    ...explainLost(lost, { ...missing, none: lost.length === orders.length }),
  });
}

type Explanation = ReturnType<typeof explainMissing>;

function explainLost(
  lost: readonly Order[],
  { context, course, copied, uncommitted, all, isFirst, none }: Missing & { none: boolean },
): Explanation {
  if (isFirst && none && copied > 0)
    return { diagnosis: 'NOT_FROM_THE_BEGINNING', question: 'Where does a group that has never read begin?' };
  const printed = explainMissing(context.program, { stored: copied, noun: 'order', uncommitted });
  if (printed.diagnosis !== 'NOT_ALL_SENT') return printed;
  if (course.unsent > 0 && course.quietMs > QUIET_MS)
    return { diagnosis: 'ENDED_BY_THE_CLOCK', question: 'What tells your program that no more orders will come?' };
  if (course.unsent === 0 && lost.length === 1 && lost[0] === all.at(-1))
    return { diagnosis: 'STOPPED_BEFORE_THE_END', question: 'Is the record that says it is the last one an order, too?' };
  if (course.unsent > 0) return { diagnosis: 'STOPPED_BEFORE_THE_END', question: 'What did your program take for the end?' };
  return { diagnosis: undefined, question: '' };
}

function failStillRunning(): never {
  return fail({
    message: `Every order was copied, and ${END_MS / 1000} seconds later the program was still running.`,
    expected: 'The program ends by itself with exit code 0 once it has copied the order that has the header last.',
    question: 'What keeps the program going when its work is done?',
    diagnosis: 'NEVER_ENDED',
  });
}

/** Fails when a group has a member although the program has ended: the broker learns of that only when the member's time is over. */
function expectNobodyLeft(groups: readonly GraderGroup[]): void {
  const group = groups.find(({ members }) => members.length > 0);
  if (!group) return;
  const held = group.members.flatMap(({ partitions }) => partitions);
  fail({
    message: `The program has ended, and the group ${group.id} still has ${counted(group.members.length, 'member')}, which ${held.length > 0 ? `${held.map(({ topic, partition }) => `partition ${partition} of ${topic}`).join(', ')} ${held.length === 1 ? 'is' : 'are'} assigned to` : 'it waits for'}.`,
    expected: 'A group without members, so that the next one that joins begins to read immediately.',
    question: 'How does the broker learn that a consumer will not come back?',
    diagnosis: 'LEFT_A_MEMBER',
  });
}
