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
  flink: {
    title: 'Flink',
    text: 'An engine that runs queries and programs over streams: it reads, computes, keeps state, and writes, for as long as data come.',
  },
  job: {
    title: 'job',
    text: 'A query or an `INSERT` that Flink runs, as a chain of operators. It ends when its sources do, or when it is stopped.',
  },
  table: {
    title: 'table',
    text: 'In Flink SQL, a description of rows that lie elsewhere: columns, a connector, and formats. Flink itself stores none of them.',
  },
  connector: {
    title: 'connector',
    text: 'What ties a table to a system: `kafka` reads and appends records, `upsert-kafka` reads and writes changes by key.',
  },
  'event-time': { title: 'event time', text: 'The time at which something happened, as it stands in the data.' },
  'processing-time': {
    title: 'processing time',
    text: 'The clock of the machine that computes, at the moment at which it handles a row.',
  },
  watermark: {
    title: 'watermark',
    text: 'How far event time has come: a promise that nothing from before it is still to come. It is derived from the latest time seen, less a delay, and never goes back.',
  },
  'late-data': {
    title: 'late data',
    text: 'Rows from before the watermark. A window that has closed takes no more of them, and drops them without an error.',
  },
  'tumbling-window': {
    title: 'tumbling window',
    text: 'One of the pieces of equal length into which time is cut. They touch and do not overlap, so each row falls into one.',
  },
  changelog: {
    title: 'changelog',
    text: 'A table as the sequence of its changes: a row added `+I`, withdrawn `-U`, put in its place `+U`, deleted `-D`. Applied in order they give the table.',
  },
  upsert: { title: 'upsert', text: 'Insert, or replace what stands under the same key.' },
  'primary-key': {
    title: 'primary key',
    text: 'The columns that a table has one row for. In Flink it is declared and not enforced: nobody checks it against the data.',
  },
  tombstone: { title: 'tombstone', text: 'A record with a key and a null value: the row of that key is gone.' },
  compaction: {
    title: 'compaction',
    text: 'Retention by key: of each key the last record is kept, earlier ones may be removed at any time.',
  },
  replica: { title: 'replica', text: 'A copy of a partition on another broker, kept for the day on which one fails.' },
} as const satisfies Record<string, { title: string; text: string }>;

export type TermName = keyof typeof glossary;
