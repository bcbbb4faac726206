/** Evidence of a finding: one function for each kind that a report can show. */
import type { Evidence } from '#sandbox/protocol/report.ts';
import { show, textOf } from './decode.ts';
import type { KafkaRecord } from './kafka.ts';

/** A record as evidence: what it holds, and what was expected in its place. */
export function evidenceOf(record: KafkaRecord, { observed, expected }: { observed: unknown; expected: unknown }): Evidence {
  const { topic, partition, offset, key } = record;
  return {
    kind: 'record',
    topic,
    partition,
    offset: String(offset),
    key: key === null ? null : show(textOf(key)),
    observed: show(observed),
    expected: show(expected),
  };
}
