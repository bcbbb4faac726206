import { bytesId } from './decode.ts';
import type { KafkaRecord } from './kafka.ts';

/**
 * The table that a topic of changes stands for: of each key the last record, where its value is not null. A null value removes its key.
 *
 * @param records partition by partition in offset order; records of one key are in one partition
 * @returns by the key's `bytesId`, in the order in which keys came first
 */
export function foldByKey(records: readonly KafkaRecord[]): Map<string | null, KafkaRecord> {
  const table = new Map<string | null, KafkaRecord>();
  for (const record of records) {
    const key = bytesId(record.key);
    if (record.value === null) table.delete(key);
    else table.set(key, record);
  }
  return table;
}
