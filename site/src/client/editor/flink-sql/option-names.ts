/** Names of options and settings that learners may use; the gate in front of Flink knows the same (sandbox/services/flink/gate/policy.json). */

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

const BOTH = list(`
  connector topic key.format value.format key.fields-prefix value.fields-include properties.group.id properties.transaction.timeout.ms
  scan.bounded.mode scan.watermark.idle-timeout scan.watermark.emit.strategy scan.watermark.emit.on-event-gap scan.parallelism
  sink.parallelism sink.delivery-guarantee sink.transactional-id-prefix key.json.ignore-parse-errors value.json.ignore-parse-errors
  key.json.timestamp-format.standard value.json.timestamp-format.standard`);

const KAFKA = list(`
  format key.fields properties.auto.offset.reset properties.isolation.level scan.startup.mode scan.startup.timestamp-millis
  scan.startup.specific-offsets scan.bounded.timestamp-millis scan.bounded.specific-offsets sink.partitioner json.ignore-parse-errors
  json.fail-on-missing-field json.timestamp-format.standard json.encode.decimal-as-plain-number`);

const UPSERT_KAFKA = list('sink.buffer-flush.max-rows sink.buffer-flush.interval');

/** @param connector as named in the table's options; null when they name none */
export function optionNames(connector: string | null): string[] {
  const own = { kafka: KAFKA, 'upsert-kafka': UPSERT_KAFKA }[connector ?? ''] ?? [...KAFKA, ...UPSERT_KAFKA];
  return [...BOTH, ...own].sort();
}

export const SETTING_NAMES = list(`
  execution.runtime-mode parallelism.default pipeline.name table.local-time-zone table.exec.state.ttl table.exec.source.idle-timeout
  table.exec.mini-batch.enabled table.exec.mini-batch.allow-latency table.exec.mini-batch.size`);
