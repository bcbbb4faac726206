/** Terms that lessons link to. Each is explained here and nowhere else. Texts are Markdown with inline code only. */
export const glossary = {
  log: {
    title: 'log',
    text: 'A sequence of records to which one can only append. What stands in it is never changed, and each record keeps its place.',
  },
  broker: { title: 'broker', text: 'A Kafka server. It stores partitions on disk and answers producers and consumers.' },
  record: {
    title: 'record',
    text: 'What a log holds: a key, a value, headers and a timestamp. Key, value and headers are bytes; the broker does not look inside.',
  },
  topic: { title: 'topic', text: 'A named stream of records, kept in one or more partitions.' },
  partition: {
    title: 'partition',
    text: 'One log of a topic. Records are in order within a partition; between partitions there is no order.',
  },
  offset: {
    title: 'offset',
    text: 'The place of a record in its partition: a whole number of 64 bits, given by the broker at the append, never used twice.',
  },
  coordinate: { title: 'coordinate', text: 'Topic, partition and offset: the address of one record, for as long as it is kept.' },
  key: {
    title: 'key',
    text: 'Bytes beside the value that say which records belong together. By default the key decides the partition.',
  },
  header: { title: 'header', text: 'A name and a value beside a record’s value, for what is about the record and not in it.' },
  producer: { title: 'producer', text: 'A client that appends records. It chooses the partition of each.' },
  consumer: { title: 'consumer', text: 'A client that reads records, partition by partition, in the order of their offsets.' },
  'consumer-group': {
    title: 'consumer group',
    text: 'Consumers that share the work of reading: each partition is read by one member of the group.',
  },
  acknowledgement: {
    title: 'acknowledgement',
    text: 'The broker’s answer that a record is stored, and where. `acks` says how many replicas must have it first.',
  },
  batch: {
    title: 'batch',
    text: 'Records that a producer sends to one partition together. They are appended one after the other, without a gap.',
  },
  'base-offset': { title: 'base offset', text: 'The offset of the first record of a batch.' },
  'end-offset': { title: 'end offset', text: 'The offset that the next record of a partition will get.' },
  partitioner: { title: 'partitioner', text: 'The rule by which a producer chooses a partition.' },
  murmur2: {
    title: 'murmur2',
    text: 'A fast hash function. Kafka’s default partitioner applies it to the bytes of the key.',
  },
  'hot-key': {
    title: 'hot key',
    text: 'A key with far more records than others. Its partition, and whoever reads it, get more than their share of the work.',
  },
  retention: {
    title: 'retention',
    text: 'The rule by which old records are removed: by age, by size, or by a newer record of the same key.',
  },
  replica: { title: 'replica', text: 'A copy of a partition on another broker, kept for the day on which one fails.' },
} as const satisfies Record<string, { title: string; text: string }>;

export type TermName = keyof typeof glossary;
