import { expect, test } from 'vitest';
import { keyPath, recordsOfKey } from '../../../site/src/client/key-path.ts';
import { layoutLanes } from '../../../site/src/client/lane-layout.ts';
import { RecordLog } from '../../../site/src/client/record-log.ts';

const CELL = 24;
const partitions = [0, 1, 2].map((partition) => ({ partition, start: '0', end: '400' }));

/** Record n of all lies in partition n mod 3; every seventh is of the key a, which has none elsewhere. */
function spread(): RecordLog {
  const log = new RecordLog();
  for (let n = 0; n < 1_200; n++) {
    const record = { partition: n % 3, offset: `${Math.floor(n / 3)}`, timestampMs: n, key: n % 7 === 0 ? 'a' : 'b' };
    log.add('t', [{ ...record, value: null, headers: [] }], 0);
  }
  return log;
}

test('the line goes through each record of the key in view once, in the order of time, and leaves the view to the next one', () => {
  const records = spread();
  const layout = layoutLanes(partitions, { align: 'ends', cell: CELL, width: 900 });
  const all = keyPath({ name: 't' }, layout, { records, identity: 'a', cell: CELL, from: 0, to: layout.total });
  expect(all).toHaveLength(recordsOfKey(records, 't', 'a').length);
  for (let from = 0; from < layout.total - 900; from += 777) {
    const seen = keyPath({ name: 't' }, layout, { records, identity: 'a', cell: CELL, from, to: from + 900 });
    const inView = all.filter(({ x }) => x >= from && x <= from + 900);
    expect(seen.filter(({ x }) => x >= from && x <= from + 900)).toEqual(inView);
    expect(seen.length).toBeLessThanOrEqual(inView.length + 6);
    const places = seen.map((point) => all.findIndex(({ lane, x }) => lane === point.lane && x === point.x));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  }
});

test('the line ends where the moment shown ends', () => {
  const records = spread();
  const then = partitions.map((lane) => ({ ...lane, end: '10' }));
  const layout = layoutLanes(then, { align: 'ends', cell: CELL, width: 900 });
  const points = keyPath({ name: 't' }, layout, { records, identity: 'a', cell: CELL, from: 0, to: 900 });
  expect(points).toHaveLength(5);
});
