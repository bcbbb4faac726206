/** Terms that lessons link to. Each is explained here and nowhere else. Texts are Markdown with inline code only. */
export const glossary = {
  log: {
    title: 'log',
    text: 'A sequence of records that you can only append to. A stored record never changes and keeps its place.',
  },
  broker: { title: 'broker', text: 'A Kafka server. It stores partitions on disk and answers producers and consumers.' },
  record: {
    title: 'record',
    text: 'What a log holds: a key, a value, headers and a timestamp. Key, value and headers are bytes; the broker does not look inside.',
  },
  topic: { title: 'topic', text: 'A named stream of records, stored in one or more partitions.' },
  partition: {
    title: 'partition',
    text: 'One log of a topic. Records are in order within a partition; between partitions there is no order.',
  },
  offset: {
    title: 'offset',
    text: 'The place of a record in its partition: a 64-bit whole number that the broker assigns at the append and never uses twice.',
  },
  coordinate: { title: 'coordinate', text: 'Topic, partition and offset: the address of one record, for as long as it is kept.' },
  key: {
    title: 'key',
    text: 'Bytes, separate from the value, that say which records belong together. By default the key decides the partition.',
  },
  header: {
    title: 'header',
    text: 'A name and a value stored with a record, for facts about the record that are not part of its value.',
  },
  producer: { title: 'producer', text: 'A client that appends records. It chooses the partition of each.' },
  consumer: { title: 'consumer', text: 'A client that reads records, each partition in the order of its offsets.' },
  'consumer-group': {
    title: 'consumer group',
    text: 'Consumers that share the work of reading: each partition is assigned to one member of the group.',
  },
  'committed-offset': {
    title: 'committed offset',
    text: 'The offset that a consumer group has stored for a partition: that of the next record to read, at which the group continues.',
  },
  acknowledgement: {
    title: 'acknowledgement',
    text: "The broker's answer that a record is stored, and where. `acks` says how many replicas must have it first; with `acks: 0` there is no answer.",
  },
  batch: {
    title: 'batch',
    text: 'Records that a producer sends to one partition together. The broker appends them one after the other, without a gap.',
  },
  'base-offset': { title: 'base offset', text: 'The offset of the first record of a batch.' },
  'end-offset': { title: 'end offset', text: 'The offset that the next record of a partition will get.' },
  partitioner: { title: 'partitioner', text: 'The rule by which a producer chooses a partition.' },
  murmur2: {
    title: 'murmur2',
    text: "A fast hash function. Kafka's default partitioner applies it to the bytes of the key.",
  },
  'hot-key': {
    title: 'hot key',
    text: 'A key with far more records than the rest. Its partition, and the consumer that reads it, get more than their share of the work.',
  },
  retention: {
    title: 'retention',
    text: 'The rule by which Kafka removes old records: by age, by size, or by a newer record of the same key.',
  },
  flink: {
    title: 'Flink',
    text: 'An engine that runs queries and programs over streams: it reads, computes, keeps state and writes for as long as data arrive.',
  },
  job: {
    title: 'job',
    text: 'A query or an `INSERT` that Flink runs, as a chain of operators. It ends when its sources end, or when it is stopped.',
  },
  table: {
    title: 'table',
    text: 'In Flink SQL, a description of rows that are stored elsewhere: columns, a connector, and formats. The table itself stores no rows.',
  },
  connector: {
    title: 'connector',
    text: 'What connects a table to a system: `kafka` reads and appends records, `upsert-kafka` reads and writes changes by key.',
  },
  'event-time': { title: 'event time', text: 'The time at which something happened, as recorded in the data.' },
  'processing-time': {
    title: 'processing time',
    text: 'The clock of the machine that runs the query, at the moment when it processes a row.',
  },
  watermark: {
    title: 'watermark',
    text: 'How far event time has come: a promise that no row at or before it is still to come. It is the latest time seen, less a delay, and never goes back.',
  },
  'late-data': {
    title: 'late data',
    text: 'Rows behind the watermark. They still count while their window is open. Once it has closed, Flink drops them without an error.',
  },
  'tumbling-window': {
    title: 'tumbling window',
    text: 'One of the pieces of equal length into which time is cut. They touch and do not overlap, so each row falls into one.',
  },
  changelog: {
    title: 'changelog',
    text: 'A table as the sequence of its changes: a row added `+I`, a row withdrawn `-U`, the row that replaces it `+U`, a row deleted `-D`. Applied in order, they give the table.',
  },
  upsert: { title: 'upsert', text: 'Insert, or replace what is stored under the same key.' },
  'primary-key': {
    title: 'primary key',
    text: 'The columns that a table has one row for. In Flink it is declared and not enforced: nothing checks it against the data.',
  },
  tombstone: { title: 'tombstone', text: 'A record with a key and a null value: the row of that key no longer exists.' },
  compaction: {
    title: 'compaction',
    text: 'Retention by key: Kafka keeps the last record of each key, and may remove earlier ones at any time.',
  },
  replica: {
    title: 'replica',
    text: 'One of the copies of a partition, each on a different broker. The leader, which serves the partition, is a replica too. If it fails, one of the rest takes over.',
  },
} as const satisfies Record<string, { title: string; text: string }>;

export type TermName = keyof typeof glossary;
