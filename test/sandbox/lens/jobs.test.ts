import { expect, test } from 'vitest';
import { plannedOperators } from '#sandbox/languages/flink-sql/changelog.ts';
import { operatorNumbers, wantedMetrics } from '#sandbox/lens/job-numbers.ts';
import { jobOperators } from '#sandbox/lens/job-operators.ts';
import { changelogModesOf, watchJobs } from '#sandbox/lens/jobs.ts';
import type { LensJob } from '#sandbox/protocol/lens.ts';
import type { JobDetails, JobVertex } from '#sandbox/services/flink/client/jobs.ts';

const TOPICS = [{ logical: 'rides', name: 'up5c1qxrx.1.rides', partitions: 3 }];

/** As Flink 2.2.1 returns it for an INSERT of a windowed count. */
const PLAN: JobDetails['plan'] = [
  {
    id: 'sink',
    description:
      '[17]:GlobalWindowAggregate(groupBy=[zone], window=[TUMBLE(slice_end=[$slice_end], size=[1 min])], select=[zone, COUNT(count1$0) AS n])<br/>+- [18]:Calc(select=[zone, window_end, n])<br/>   +- per_minute[19]: Writer<br/>      +- per_minute[19]: Committer<br/>',
    inputs: ['source'],
  },
  {
    id: 'source',
    description:
      '[13]:TableSourceScan(table=[[default_catalog, default_database, rides, watermark=[-(began_at, 5000:INTERVAL SECOND)]]], fields=[id, zone, began_at])<br/>+- [14]:Calc(select=[zone, began_at], where=[(id &lt;&gt; 3)])<br/>   +- [15]:LocalWindowAggregate(groupBy=[zone], window=[TUMBLE(time_col=[began_at], size=[1 min])], select=[zone, COUNT(*) AS count1$0])<br/>',
    inputs: [],
  },
];

test("lists the operators of a chain in the order records flow, without Flink's internal ones", () => {
  const operators = jobOperators({ plan: PLAN });
  const nameOf = (id: string) => operators.find((operator) => operator.id === id)?.name;
  expect(operators.map(({ name, detail, inputs }) => [name, detail, inputs.map(nameOf)])).toEqual([
    ['Source', 'rides', []],
    ['Calc', 'zone, began_at where (id <> 3)', ['Source']],
    ['Local window', 'TUMBLE 1 min, by zone', ['Calc']],
    ['Global window', 'TUMBLE 1 min, by zone', ['Local window']],
    ['Calc', 'zone, window_end, n', ['Global window']],
    ['Sink', 'per_minute', ['Calc']],
  ]);
});

test('an operator that reads from a hidden one reads from the one before it', () => {
  const plan = [
    {
      id: 'v',
      description:
        '[1]:GroupAggregate(groupBy=[zone], select=[zone, COUNT(*) AS n])<br/>+- [2]:ConstraintEnforcer[NotNullEnforcer(fields=[n])]<br/>   +- Sink: Collect table sink<br/>',
      inputs: [],
    },
  ];
  const [aggregate, collect, ...more] = jobOperators({ plan });
  expect(more).toEqual([]);
  expect(aggregate).toMatchObject({ name: 'Group', detail: 'COUNT(*) by zone' });
  expect(collect).toMatchObject({ name: 'Result', inputs: [aggregate?.id] });
});

test('a chain that forks has both branches after the fork', () => {
  const plan = [
    {
      id: 'v',
      description:
        '[1]:TableSourceScan(table=[[default_catalog, default_database, rides]], fields=[id])<br/>:- [2]:Calc(select=[id])<br/>:  +- one[3]: Writer<br/>+- [4]:Calc(select=[id])<br/>   +- two[5]: Writer<br/>',
      inputs: [],
    },
  ];
  const operators = jobOperators({ plan });
  const nameOf = (id: string) => operators.find((operator) => operator.id === id)?.name;
  expect(operators.map(({ name, detail, inputs }) => `${inputs.map(nameOf)} > ${name} ${detail}`)).toEqual([
    ' > Source rides',
    'Source > Calc id',
    'Calc > Sink one',
    'Source > Calc id',
    'Calc > Sink two',
  ]);
});

const METRICS = new Map(
  Object.entries({
    '0.busyTimeMsPerSecond': '120.0',
    '0.Source__rides[13].numRecordsIn': '300',
    '0.Source__rides[13].numRecordsOut': '300',
    '0.Source__rides[13].currentOutputWatermark': '1700000290000',
    '0.Source__rides[13].split.up5c1qxrx_1_rides-1.watermark.currentWatermark': '1700000293000',
    '0.Source__rides[13].split.up5c1qxrx_1_rides-0.watermark.currentWatermark': '-9223372036854775808',
    '0.Source__rides[13].split.other_1_rides-0.watermark.currentWatermark': '5',
    '0.Calc[14].numRecordsIn': '300',
    '0.Calc[14].numRecordsOut': '299',
    '0.Calc[14].currentOutputWatermark': '9223372036854775807',
    '0.Calc[3].numRecordsIn': '7',
    '0.per_minute[19]__Writer.numRecordsIn': '15',
    '0.per_minute[19]__Committer.numRecordsIn': '99',
  }),
);

test('each operator has its own numbers, and a source has the watermark of each of its partitions', () => {
  expect(operatorNumbers({ metricKey: '[13]' }, METRICS, TOPICS)).toEqual({
    recordsIn: 300,
    recordsOut: 300,
    busyPercent: 12,
    watermarkMs: 1_700_000_290_000,
    partitions: [
      { topic: 'rides', partition: 0, watermarkMs: null },
      { topic: 'rides', partition: 1, watermarkMs: 1_700_000_293_000 },
    ],
  });
  expect(operatorNumbers({ metricKey: 'per_minute[19]__Writer' }, METRICS, TOPICS)).toMatchObject({ recordsIn: 15 });
});

test('an operator has no watermark before the first record or after the last', () => {
  expect(operatorNumbers({ metricKey: '[14]' }, METRICS, TOPICS)).toMatchObject({
    recordsIn: 300,
    recordsOut: 299,
    watermarkMs: null,
  });
});

test('sums records over subtasks, and advances time only when all subtasks do', () => {
  const metrics = new Map([
    ['0.Calc[14].numRecordsIn', '3'],
    ['1.Calc[14].numRecordsIn', '4'],
    ['0.Calc[14].currentOutputWatermark', '2000'],
    ['1.Calc[14].currentOutputWatermark', '1000'],
  ]);
  expect(operatorNumbers({ metricKey: '[14]' }, metrics, TOPICS)).toMatchObject({ recordsIn: 7, watermarkMs: 1000 });
  metrics.set('1.Calc[14].currentOutputWatermark', '-9223372036854775808');
  expect(operatorNumbers({ metricKey: '[14]' }, metrics, TOPICS).watermarkMs).toBeNull();
});

test('requests only the metrics that are shown', () => {
  const others = [
    '0.numBytesInPerSecond',
    '0.Calc[14].numRecordsInPerSecond',
    '0.Shuffle.Netty.Input.numBuffers',
    '0.buffers.outPoolUsage',
  ];
  expect(wantedMetrics([...METRICS.keys(), ...others])).toEqual([...METRICS.keys()]);
});

/** As Flink 2.2.1 explains a join. */
const EXPLAINED = `== Abstract Syntax Tree ==
LogicalSink(table=[shown])

== Optimized Physical Plan ==
Sink(table=[default_catalog.default_database.shown], fields=[id, city], changelogMode=[NONE])
+- Join(joinType=[InnerJoin], where=[=(zone, zone0)], changelogMode=[I,UB,UA,D])
   :- Exchange(distribution=[hash[zone]], changelogMode=[I])
   :  +- TableSourceScan(table=[[default_catalog, default_database, rides]], fields=[id, zone], changelogMode=[I])
   +- Exchange(distribution=[hash[zone]], changelogMode=[I,UB,UA,D])
      +- ChangelogNormalize(key=[zone], changelogMode=[I,UB,UA,D])
         +- Exchange(distribution=[hash[zone]], changelogMode=[UA,D])
            +- TableSourceScan(table=[[default_catalog, default_database, zones]], fields=[zone, city], changelogMode=[UA,D])

== Optimized Execution Plan ==
Sink(table=[default_catalog.default_database.shown], fields=[id, city])
`;

test("a plan's operators are in the order of Flink's numbers", () => {
  expect(plannedOperators(EXPLAINED).map(({ type, mode }) => `${type} ${mode}`)).toEqual([
    'TableSourceScan +I',
    'Exchange +I',
    'TableSourceScan +U -D',
    'Exchange +U -D',
    'ChangelogNormalize +I -U +U -D',
    'Exchange +I -U +U -D',
    'Join +I -U +U -D',
    'Sink null',
  ]);
  expect(plannedOperators('no plan at all')).toEqual([]);
});

test("an operator whose type differs from the plan's has no changelog mode", () => {
  const plan = ['TableSourceScan', 'Calc', 'GroupAggregate'].map((type) => ({ type, mode: '+I' }));
  expect([...changelogModesOf(jobOperators({ plan: PLAN }), plan).values()]).toEqual(['+I', '+I']);
});

function fakeJobs(states: JobDetails['state'][]) {
  const vertex = (id: string): JobVertex => ({
    id,
    name: id,
    parallelism: 1,
    status: '',
    recordsIn: 0,
    recordsOut: 0,
    busyMs: null,
  });
  let looks = 0;
  const state = () => states[Math.min(looks, states.length) - 1] ?? 'RUNNING';
  return {
    looks: () => looks,
    jobs: {
      state: async () => {
        looks += 1;
        return state();
      },
      details: async (id: string) => ({ id, name: '', state: state(), vertices: [vertex('source'), vertex('sink')], plan: PLAN }),
      metricNames: async () => (state() === 'RUNNING' ? [...METRICS.keys()] : []),
      metrics: async (_job: string, _vertex: string, names: readonly string[]) =>
        new Map([...METRICS].filter(([name]) => names.includes(name))),
    },
  };
}

test('a job that has ended keeps its last numbers and is no longer polled', async () => {
  const { jobs, looks } = fakeJobs(['RUNNING', 'CANCELED']);
  const told: LensJob[][] = [];
  const over = new AbortController();
  const watching = watchJobs({
    jobs,
    started: () => [{ jobId: 'j', statement: 2 }],
    topics: TOPICS,
    modes: async () => new Map(),
    onJobs: (seen) => told.push(seen),
    signal: over.signal,
  });
  await expect.poll(() => told.at(-1)?.[0]?.state).toBe('CANCELED');
  expect(told.at(-1)).toMatchObject([
    {
      jobId: 'j',
      statement: 2,
      operators: [{ name: 'Source', detail: 'rides, 2 partitions', recordsIn: 300, parallelism: 1 }, {}, {}, {}, {}, {}],
    },
  ]);
  over.abort();
  await watching;
  expect(looks()).toBe(2);
  expect(told).toHaveLength(2);
});

test('a partition whose numbers Flink registers late is shown, too', async () => {
  const { jobs } = fakeJobs(['RUNNING']);
  const begun = performance.now();
  const isEarly = (name: string) => !name.includes('currentWatermark') || performance.now() - begun > 1000;
  const told: LensJob[][] = [];
  const over = new AbortController();
  const watching = watchJobs({
    jobs: { ...jobs, metricNames: async () => [...METRICS.keys()].filter(isEarly) },
    started: () => [{ jobId: 'j', statement: 2 }],
    topics: TOPICS,
    modes: async () => new Map(),
    onJobs: (seen) => told.push(seen),
    signal: over.signal,
    namesSettleMs: 100,
  });
  const source = () => told.at(-1)?.[0]?.operators[0];
  await expect.poll(source).toMatchObject({ recordsIn: 300, partitions: [] });
  await expect.poll(source).toMatchObject({ partitions: [{ partition: 0 }, { partition: 1 }] });
  over.abort();
  await watching;
});
