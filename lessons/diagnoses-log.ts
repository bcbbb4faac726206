import type { Diagnosis } from './diagnosis.ts';

/** Mistakes with producers, keys and offsets. */
export const logDiagnoses = {
  VALUE_NOT_BYTES: {
    title: 'The value is not bytes',
    explanation: 'Kafka stores bytes. The client received an object or a number, and refused to guess how to write it.',
    page: {
      happens:
        'The program stops at the first `send` with `TypeError [ERR_INVALID_ARG_TYPE]: The "string" argument must be of type string`, and the topic stays empty.',
      why: 'A broker never looks inside a record. Key, value and each header are sequences of bytes, and their meaning is an agreement between writers and readers. A string has one obvious form as bytes, UTF-8, so the client takes a string or a `Buffer`. An object, a number or a date has many, so the client takes none of them.',
      see: 'Print `typeof` of what you pass as `key`, `value` and in `headers`. The client refuses anything that is neither a `string` nor a `Buffer`.',
      mend: 'Decide on a form and write it in one place: JSON for an object, decimal digits for a number. Every reader of the topic then has to know that decision, which is why later lessons give it a name and a registry.',
    },
  },
  VALUE_NOT_JSON: {
    title: 'The value is not the order as JSON',
    explanation: 'The stored bytes cannot be read back as JSON. Something else turned the object into text.',
    page: {
      happens: 'Records arrive, but a reader that parses them gets `SyntaxError`. The text is often `[object Object]`.',
      why: 'JavaScript turns any object into a string on request, by `String(order)`, by a template or by `order.toString()`. The result names the kind of the object and drops its contents. Kafka stores these bytes without complaint, because it cannot know what you meant.',
      see: 'Run the program and open the record in the lens. It shows the value as the bytes say, not as you think of it.',
      mend: 'Use the encoder for the format that the readers expect, and check it by reading one record back.',
    },
  },
  TEXT_NOT_UTF8: {
    title: 'Letters were lost on the way into bytes',
    explanation:
      'Names with letters beyond a-z came back as different letters. The text was written in an encoding that cannot hold them.',
    page: {
      happens: 'Everything is right for the sample, and wrong for `Łukasz Żak` and `王小明`.',
      why: 'A string is a sequence of characters, and a record is a sequence of bytes. ASCII has 128 characters and Latin-1 has 256. Characters beyond that are cut or replaced without an error. UTF-8 holds every character, and gives the same bytes as ASCII for plain English, which hides the mistake in small samples.',
      see: 'Add an order with a name in a different script to a copy of the data, send it, and compare the value in the lens with what you sent.',
      mend: 'The client writes a string that you pass to `send` as UTF-8. Where you create a `Buffer` yourself, look at its second argument.',
    },
  },
  SENDS_NOT_AWAITED: {
    title: 'The program ended before its sends were answered',
    explanation:
      '`send` returns a promise immediately. The program closed the connection before the broker answered, so records are missing.',
    page: {
      happens:
        'Fewer records arrive than were sent, a different number each time, and often none. Errors about a closed connection may or may not be printed.',
      why: '`send` does not wait. It returns a promise: the broker stores the record first, then the promise resolves. A promise that is rejected does not prove that the record is absent, because the answer may have been lost after the append. `forEach` does not wait for an `async` function, and a call without `await` is not waited for either. The next step, such as `disconnect`, overtakes it.',
      see: 'Print a line before each `send`, one when its promise resolves, and one before `disconnect`, and look at the order of the lines.',
      mend: 'Make sure that every promise of a `send` has resolved before the program continues with something that depends on it. `for … of` with `await` does so. So does collecting the promises and waiting for all of them.',
    },
  },
  NOT_COMMITTED: {
    title: 'The transaction was not committed',
    explanation:
      'Records were written in a transaction that was aborted or never ended. Readers of committed records do not see them.',
    page: {
      happens: 'Every `send` is answered, with an offset, and the end offset of the topic grows. But readers get no record.',
      why: 'A transaction makes several writes visible together or not at all. Its records go to the log at once, so they have offsets. Whether they count is decided by a marker at its end: commit or abort. A reader of committed records skips those of an aborted transaction, and stops in front of one that is still open. A broker aborts one that stays open for too long.',
      see: 'In the lens, compare the end offset of the topic with the records that it shows.',
      mend: 'End each transaction by committing it, once all its sends are answered. Abort only what should never have been written. Without a transaction, a record counts as soon as it is stored.',
    },
  },
  NOT_ALL_SENT: {
    title: 'Some records were never sent',
    explanation: 'Records of the input are missing from the topic, and the records that are there are right.',
    page: {
      happens: 'The topic holds fewer records than the input, with a gap at its end or at its beginning, or none at all.',
      why: 'Each round has a different input with a different length. A number taken from the sample, a slice, an early `return` or an exit before the work is done leaves something out. An exit code of 0 and a cheerful last line prove nothing about what is stored.',
      see: 'In the lens, subtract the offset of the first record that you wrote from the end offset of the topic. Compare the result with the length of the input.',
      mend: 'Loop over the whole input, and let the program end because its work is done.',
    },
  },
  SENT_TWICE: {
    title: 'Records are stored more than once',
    explanation: 'A record of the input is in the topic two times or more. A log keeps everything that is appended to it.',
    page: {
      happens: 'The end offset grows by more than the length of the input.',
      why: 'A log does not compare. Two appends of the same bytes are two records with two offsets, and a reader acts on both. The most common cause is sending again "to be sure"; the next is a loop that runs over the same items twice.',
      see: 'Group the records in the lens by key: a key that has two offsets was sent twice.',
      mend: 'Send each record once and wait for its acknowledgement. Sending again is right only where no acknowledgement came. A later lesson shows how to do that without duplicates.',
    },
  },
  RECORD_NOT_IN_INPUT: {
    title: 'The topic holds a record that is not in the input',
    explanation: "The topic holds a record that is not in this round's input. Each round has a different input.",
    page: {
      happens:
        'The values are well formed, but they are not those of this round: data copied from the editor, a test message, fields added or left out, or a record that belongs in a different topic.',
      why: 'The data in the editor is one sample. In a check, the input module holds different data of the same kind. So a program is judged by what it does with data, not by the data that it knows.',
      see: 'Compare a record in the lens, field by field, with the input item that it should be.',
      mend: 'Take every item from the import, unchanged, and send nothing else.',
    },
  },
  WRONG_KEY: {
    title: 'The key is not what the task names',
    explanation: "The record has no key, or its key is not its order's id.",
    page: {
      happens: 'The values are right, and a reader that looks for an order by its key does not find it.',
      why: 'The key is a field of the record, separate from the value. Kafka does not take it out of the value for you. It decides where a record goes and which records belong together, so an id that is only in the value cannot do that. Two clients may also write the same id in two ways, with quotes around it for instance, and then it is two keys.',
      see: 'The lens shows each record with its key.',
      mend: 'Set `key` next to `value` in the message: the bare id, as text.',
    },
  },
  MISSING_HEADER: {
    title: 'The header is missing or wrong',
    explanation:
      'A header is a named value, stored next to key and value. The record has no header of that name, or one with a different text.',
    page: {
      happens: 'Key and value are right, and a reader that looks at the headers finds nothing there.',
      why: 'Headers hold facts about the record that are not part of its value: where it came from, a trace id, the name of a schema. A field in the value is not a header. A topic has no headers: each record has its own. Names are compared letter by letter.',
      see: 'Open a record in the lens: its headers are below its value.',
      mend: 'A message takes `headers`, an object that maps names to texts, next to `key` and `value`.',
    },
  },
  NOT_IN_INPUT_ORDER: {
    title: 'The records are not in the order of the input',
    explanation: 'A partition keeps the order in which records were appended, and that is not the order of the input.',
    page: {
      happens: 'All records are there, each one once, and their offsets do not follow the order of the array.',
      why: 'A partition has one order: that of its appends. The broker sorts nothing, neither by key nor by a time in the value. So the sender decides the order, by sorting before it sends, or by having several sends under way that may overtake each other.',
      see: 'Compare the keys of the input with the keys in the lens, by offset.',
      mend: 'Append in the order of the input. It is the order in which things happened, whatever the clocks say.',
    },
  },
  CLOCKS_ARE_NOT_ORDER: {
    title: 'Sorted by clocks that disagree',
    explanation:
      'The records were sorted by a time in their value. Those times come from different clocks, so the result is not the order in which things happened.',
    page: {
      happens: 'The order is right for most records, and wrong where a clock was ahead or was set back.',
      why: 'Each phone and each shop has its own clock. Clocks usually differ by seconds, and by hours after a change of time zone. Sorting by them mixes many clocks into one order, in which an effect can come before its cause. In a log this question does not arise: the place of a record is the order.',
      see: 'Look for two events of one source, one directly after the other in the input, where the second has the earlier time.',
      mend: 'Keep the order in which you received the events. A later lesson is about times that arrive late and out of order.',
    },
  },
  OFFSETS_ARE_NOT_COUNTS: {
    title: 'An offset is not a count of your records',
    explanation:
      'The receipts go up by one for each order, and other producers append between them. An offset is a place in the log, not the number of your message.',
    page: {
      happens: 'The receipts are right as long as nobody else appends: on a topic of your own, or for the first few orders.',
      why: 'A partition is shared. Other producers have appended before you, and they may append between your batches. Records removed by retention keep their offsets: no offset is used again. Only the broker knows where it stored a record, and it says so in its answer.',
      see: 'Press Run twice and look at the offsets in the lens: a program that counts cannot know where a log begins.',
      mend: 'Use what the broker reports. `send` resolves with it.',
    },
  },
  BASE_OFFSET_IS_THE_FIRST: {
    title: 'The base offset belongs only to the first record',
    explanation:
      'Several receipts name the same offset. One answer came for a whole batch, and it names the offset of the first record in it.',
    page: {
      happens: 'The first receipt is right. The rest repeat it.',
      why: 'When one `send` has many messages for a partition, they travel as a batch and are appended together, one after the other. The broker answers once per partition with `baseOffset`, the offset of the first. The rest follow without a gap, so it does not list them.',
      see: 'Print what `send` returns, once for a call with one message and once for a call with three.',
      mend: 'Ask yourself how far the record is from the first one of its batch. Offsets are strings of digits: arithmetic on them needs a number type that can hold them.',
    },
  },
  OFFSET_IS_A_STRING: {
    title: 'An offset is a string of digits',
    explanation:
      'An offset was turned into a number, or something was appended to it as text. Offsets have 64 bits, so kafkajs returns them as strings.',
    page: {
      happens:
        'The receipt holds `{"offset":7}` where the task requires `{"offset":"7"}`; or it says that the third record of a batch at `12` is at `122`.',
      why: 'A JavaScript number holds whole numbers of up to 53 bits. Beyond 9 007 199 254 740 991 it rounds, without an error: `9007199254740993` becomes `9007199254740992`. So offsets are strings, which survive JSON unchanged. And `+` between a string and a number joins text: `"12" + 2` is `"122"`.',
      see: 'Type `9007199254740993` and then `"12" + 2` into any JavaScript console.',
      mend: 'Keep offsets as strings. Where you must calculate, use `BigInt` on both sides and turn the result back into a string.',
    },
  },
  NO_ACKNOWLEDGEMENT: {
    title: 'No acknowledgement was requested',
    explanation:
      'With `acks: 0` the broker does not answer, so there is no coordinate to report: `send` resolves without waiting for anything to be stored.',
    page: {
      happens:
        'Records arrive, and what `send` returned has no usable `baseOffset`. When the broker fails at the wrong moment, records are lost and the program is not told.',
      why: 'A producer chooses how much it wants to know. `acks: 0` means "I do not care", `acks: 1` means "the leader has it", and `acks: -1` means "all replicas in sync have it". Only an answer can hold an offset.',
      see: 'Print what `send` returns with `acks: 0` and without.',
      mend: 'Leave `acks` at its default, `-1`, until a measurement gives you a reason to change it.',
    },
  },
  RECEIPT_INCOMPLETE: {
    title: 'The receipts do not match the task',
    explanation:
      "A receipt is missing, appears twice, has a key that is not an order's id, or holds fields other than `partition` and `offset`.",
    page: {
      happens: 'The orders are stored, and a program cannot read the receipts that should say where.',
      why: 'Readers of a topic rely on its form to the letter. `"partition"` and `"part"` are two names, and a number in quotes is a text. A record that means well and looks different is as bad as none.',
      see: 'Open the topic of the receipts in the lens and compare one record with the example in the task.',
      mend: "One receipt for each order, with the order's id as key and the two fields of the example as value.",
    },
  },
  NEVER_ENDED: {
    title: 'The program never ended',
    explanation: 'The process kept running until its time limit. Most often, something is still open.',
    page: {
      happens: 'All records are right, and the run is stopped at its time limit.',
      why: 'Node ends when there is nothing left to wait for. An open connection is something to wait for. kafkajs keeps its connections to the broker open until you close them, so a program does not end when it reaches its last line.',
      see: 'Print a line at the end of the program. It appears immediately, and the program keeps running.',
      mend: 'Close what you have opened, also when something goes wrong on the way: `try … finally`. Do not reach for `process.exit`, which cuts off what is still under way.',
    },
  },
  ENDED_WITH_AN_ERROR: {
    title: 'The program ended with an error',
    explanation: 'The process ended with an exit code other than 0: an error was not caught, or the program reported a failure.',
    page: {
      happens: 'The output ends with the name of an error and a stack of lines such as `at file:///workspace/main.ts:12:5`.',
      why: 'An uncaught error ends a Node program with exit code 1. A scheduler, or the colleague who started the program, reads from that code that the work was not done.',
      see: 'Read the output from the first line of the error, not from the last. The first line of the stack that names `main.ts` is the place.',
      mend: 'Find out what that line was given. Catching the error silently would only hide it.',
    },
  },
  LITERAL_TOPIC_NAME: {
    title: 'The topic does not exist under that name',
    explanation:
      'The program names a topic that it may not use or that does not exist. Names come from `cluster.ts`, because they differ from run to run.',
    page: {
      happens:
        'The first `send` fails after some seconds with `This server does not host this topic-partition` or with `Not authorized to access topics`.',
      why: 'Many learners share a broker, so each run gets topics with its own prefix, such as `u7f2k9xq.3.orders`. The lens shows them without the prefix. It is the same in production: a name is configuration, and differs between test and live.',
      see: 'Print `topics` from `cluster.ts`.',
      mend: 'Use `topics.orders.name` instead of a name that you write yourself.',
    },
  },
  MISSING_KEY: {
    title: 'The records have no key',
    explanation:
      "Without a key nothing ties one driver's events together: kafkajs, the client of the lesson, sends such records round-robin to all partitions.",
    page: {
      happens: "One driver's events are in two partitions or more. Within each the order is right; between them there is none.",
      why: "A producer needs a reason to choose a partition. With a key it hashes the key, so that records with equal keys go to the same partition. Without one, kafkajs goes round-robin. Java's producer is sticky, which gives better throughput: it fills a batch for one partition, then switches. Neither keeps any order. Two partitions are read independently, often by two processes: a drop-off may be read before its pick-up.",
      see: "Choose one driver in the lens and follow the line through that driver's records: it changes lanes.",
      mend: 'Ask which records must never overtake each other, and give those the same key.',
    },
  },
  KEY_TOO_FINE: {
    title: 'The key divides what belongs together',
    explanation: 'Events of one driver have different keys, so they go to different partitions and can overtake each other.',
    page: {
      happens: "Every record has a key, and still one driver's events are in several partitions.",
      why: "Order holds among records of one key. A key that differs for each event, such as the event's id, orders nothing. The trip orders a trip, but not two trips of one driver. The zone changes while a driver is on the way. The more the keys differ, the better the load spreads and the less is kept in order: a key is a choice between the two.",
      see: "List the different keys of one driver's records in the lens.",
      mend: 'Name the thing whose history must be read in order. That is the key, no more and no less.',
    },
  },
  ONE_PARTITION: {
    title: 'Everything went to one partition',
    explanation: 'The order is kept, but only one lane is used: a topic with many partitions does the work of one.',
    page: {
      happens: 'One lane is full and the rest are empty. Adding consumers does not make reading faster.',
      why: 'Partitions are what a topic divides its work by. A partition has one leader, the broker that serves it, and copies elsewhere; in a consumer group, one consumer reads it. A fixed partition number, or one key for all records, gives an order over everything, which hardly any reader needs, and costs all the parallelism.',
      see: 'Look at the end offsets of the partitions in the lens.',
      mend: 'Ask for the least order that you need, not for the most, and let as many different keys as possible have it.',
    },
  },
  KEY_TOO_COARSE: {
    title: 'The key groups what need not be together',
    explanation:
      'Several drivers share a key, so their events wait for each other in one partition and can never be spread further.',
    page: {
      happens: "Each driver's order is kept, and a few partitions hold everything, however many there are.",
      why: "The number of different keys is the most that a topic's work can be divided by, because one key is never divided. A key that groups things which do not depend on each other gives away parallelism for an order that no reader needs.",
      see: 'Count the different keys in the lens, and the drivers.',
      mend: 'Make the key as fine as the order that you need allows, and no finer.',
    },
  },
  OTHER_PARTITIONER: {
    title: "A rule other than Kafka's chose the partition",
    explanation:
      "A record is not in the partition that Kafka's default partitioner chooses for its key, so other producers would send the same key elsewhere.",
    page: {
      happens:
        "Each driver's events are in one partition, all in order. Then a second service, in Java perhaps, writes an event for the same driver, and it goes to a different lane.",
      why: "The producer decides where a key goes, not the broker, so all producers of a topic must use one rule. Java's client takes murmur2 over the bytes of the key, made positive, modulo the number of partitions, and kafkajs does the same by default since version 2. Your own formula does not, and neither does the `LegacyPartitioner` of kafkajs. librdkafka, on which Confluent's Python, Go and .NET clients are built, does not either: its default, `consistent_random`, hashes keys with CRC32. Set `partitioner=murmur2_random` there.",
      see: 'Send the key `alpha` to a topic with seven partitions, once with a partitioner of your choice and once with the default, and compare.',
      mend: "Leave the choice to the client: give a key and no partition. Do not replace its partitioner unless you replace every other producer's too.",
    },
  },
  DRIVER_ORDER_LOST: {
    title: "One driver's events are in the wrong order",
    explanation: 'The events share a partition, but they were not appended in the order in which they happened.',
    page: {
      happens: 'Each driver has one lane, and in it a later event comes before an earlier one.',
      why: 'The key decides the partition, not the order: within a partition, records are in the order of their appends. Sorting, grouping, sending backwards, or several sends under way at the same time can all change that order before the broker sees it.',
      see: 'Follow one driver in the lens by offset, and compare with the input.',
      mend: 'Send in the order of the input. One batch keeps the order of its messages. With several sends, wait for the answer to each before you start the next.',
    },
  },
} as const satisfies Record<string, Diagnosis>;
