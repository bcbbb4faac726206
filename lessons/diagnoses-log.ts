import type { Diagnosis } from './diagnosis.ts';

/** Mistakes with producers, keys and offsets. */
export const logDiagnoses = {
  VALUE_NOT_BYTES: {
    title: 'The value is not bytes',
    explanation: 'Kafka stores bytes. The client was handed an object or a number and refused to guess how to write it down.',
    page: {
      happens:
        'The program stops at the first `send` with `TypeError [ERR_INVALID_ARG_TYPE]: The "string" argument must be of type string`, and the topic stays empty.',
      why: 'A broker never looks inside a record. Key, value and each header are runs of bytes, and their meaning is an agreement between those who write and those who read. A text has one obvious form as bytes, UTF-8, so the client takes a string or a `Buffer`. An object, a number or a date has many, so the client takes none of them.',
      see: 'Print `typeof` of what you pass as `key`, `value` and in `headers`. Anything but `string` that is not a `Buffer` is refused.',
      mend: 'Decide on a form and write it in one place: JSON for an object, decimal digits for a number. Everyone who reads the topic then has to know that decision, which is why later lessons give it a name and a registry.',
    },
  },
  VALUE_NOT_JSON: {
    title: 'The value is not the order as JSON',
    explanation: 'The bytes that arrived cannot be read back as JSON. Something else turned the object into text.',
    page: {
      happens: 'Records arrive, but a reader that parses them gets `SyntaxError`. The text is often `[object Object]`.',
      why: 'JavaScript turns any object into a string when asked, by `String(order)`, by a template or by `order.toString()`. The result names the kind of the object and drops all that is in it. Kafka stores these bytes without complaint, for it cannot know what you meant.',
      see: 'Run the program and open the record in the lens: its value is shown as the bytes say, not as you think of them.',
      mend: 'Use the encoder that belongs to the format that the readers expect, and check it by reading one record back.',
    },
  },
  TEXT_NOT_UTF8: {
    title: 'Letters were lost on the way into bytes',
    explanation:
      'Names with letters beyond a-z came back as other letters. The text was written in an encoding that cannot hold them.',
    page: {
      happens: 'Everything is right for the sample, and wrong for `Łukasz Żak` and `王小明`.',
      why: 'A string is a row of characters, a record is a row of bytes. ASCII has 128 characters and Latin-1 has 256; what lies beyond is cut or replaced without an error. UTF-8 holds every character, and gives the same bytes as ASCII for plain English, which hides the mistake in small samples.',
      see: 'Add an order with a name in another script to a copy of the data, send it, and compare the value in the lens with what you sent.',
      mend: 'A string that you pass to `send` is written as UTF-8 by the client. Where you make a `Buffer` yourself, look at its second argument.',
    },
  },
  SENDS_NOT_AWAITED: {
    title: 'The program left before its sends were answered',
    explanation:
      '`send` returns at once with a promise. The program closed the connection while the broker had not answered yet, so records are missing.',
    page: {
      happens:
        'Fewer records arrive than were sent, another number each time, and often none. Errors about a closed connection may or may not be printed.',
      why: '`send` does not wait, it promises: the record is stored when the promise resolves, and not before. `forEach` with an `async` function waits for nobody, and a call without `await` is let go. Whatever comes next, such as `disconnect`, overtakes it.',
      see: 'Print a line before each `send`, one when its promise resolves, and one before `disconnect`, and look at the order in which they come.',
      mend: 'Make sure that every promise of a `send` has resolved before the program goes on to something that depends on it. `for … of` with `await` does so; so does collecting the promises and waiting for all of them.',
    },
  },
  NOT_ALL_SENT: {
    title: 'Some records were never sent',
    explanation: 'Records of the input are missing from the topic, and those which are there are right.',
    page: {
      happens: 'The topic holds fewer records than the input, with a gap at its end or at its beginning, or none at all.',
      why: 'Each round has another input of another length. A number taken from the sample, a slice, an early `return` or an exit before the work is done leaves something out. An exit code of 0 and a cheerful last line say nothing about what is stored.',
      see: 'Compare the end offset of the topic in the lens, less the offset of the first record that you wrote, with the length of the input.',
      mend: 'Loop over the input as it is, and let the program end because its work is done.',
    },
  },
  SENT_TWICE: {
    title: 'Records are stored more than once',
    explanation: 'A record of the input stands in the topic two times or more. A log keeps everything that is appended to it.',
    page: {
      happens: 'The end offset grows by more than the length of the input.',
      why: 'A log does not compare. Two appends of the same bytes are two records with two offsets, and a reader will act on both. Sending again "to be sure" is the usual cause, a loop that runs over the same items twice the next.',
      see: 'Group the records in the lens by key: a key that has two offsets was sent twice.',
      mend: 'Send each record once and wait for its acknowledgement. Sending again is right only where no acknowledgement came; a later lesson is about doing that without duplicates.',
    },
  },
  RECORD_NOT_IN_INPUT: {
    title: 'A record stands in the topic that is not in the input',
    explanation: 'The topic holds something that this round did not ask for. The input is another one in each round.',
    page: {
      happens:
        'The values are well formed, but they are not those of this round: data copied from the editor, a test message, fields added or left out, or a record that belongs into another topic.',
      why: 'What you see in the editor is one sample. When a program is checked, the input module holds other data of the same kind, so that a program is judged by what it does with data and not by the data that it knows.',
      see: 'Compare a record in the lens field by field with the item of the input that it should be.',
      mend: 'Take every item from the import, unchanged, and send nothing besides.',
    },
  },
  WRONG_KEY: {
    title: 'The key is not what the task names',
    explanation: 'The record carries another key than its order’s id, or none.',
    page: {
      happens: 'The values are right, and a reader that looks for an order by its key does not find it.',
      why: 'The key is a field of the record beside the value. Kafka does not take it out of the value for you. It decides where a record goes and which records belong together, so an id that stands in the value only is not there for that purpose. Two clients may also write the same id in two ways, with quotes around it for instance, and then it is two keys.',
      see: 'In the lens each record is drawn with its key written in it.',
      mend: 'Give `key` beside `value` in the message: the bare id, as text.',
    },
  },
  MISSING_HEADER: {
    title: 'The header is missing or another',
    explanation: 'A header is a named value beside key and value. The record has none of that name, or one with another text.',
    page: {
      happens: 'Key and value are right, and a reader that looks at the headers finds nothing there.',
      why: 'Headers carry what is about a record and not in it: where it came from, a trace id, the name of a schema. A field in the value is no header, nor is a header of the topic; each record carries its own. Names are compared letter by letter.',
      see: 'Open a record in the lens: its headers stand below its value.',
      mend: 'A message takes `headers`, an object from names to texts, beside `key` and `value`.',
    },
  },
  NOT_IN_INPUT_ORDER: {
    title: 'The records stand in another order than the input',
    explanation: 'A partition keeps the order in which records were appended, and that is not the order of the input.',
    page: {
      happens: 'All records are there, each one once, and their offsets follow another order than the array.',
      why: 'A partition has one order: that of its appends. The broker sorts nothing, neither by key nor by a time that stands in the value. So whoever sends decides the order, by sorting before, or by having several sends under way that may overtake each other.',
      see: 'Put the keys of the input beside the keys in the lens, by offset.',
      mend: 'Append in the order in which the input stands. It is the order in which things happened, whatever the clocks say.',
    },
  },
  CLOCKS_ARE_NOT_ORDER: {
    title: 'Sorted by clocks that disagree',
    explanation:
      'The records were sorted by a time in their value. Those clocks are not the same clock, so the result is not the order in which things happened.',
    page: {
      happens: 'The order is right for most records, and wrong where a clock was ahead or was set back.',
      why: 'Each phone and each shop has a clock of its own. They differ by seconds as a rule and by hours after a change of the time zone. Sorting by them makes one order of many clocks, in which an effect can stand before its cause. A log does away with this question: the place of a record is the order.',
      see: 'Look for two events of one source, one after the other in the input, the second of which has the earlier time.',
      mend: 'Keep the order in which the events came to you. A later lesson is about using times that come late and out of order.',
    },
  },
  OFFSETS_ARE_NOT_COUNTS: {
    title: 'An offset is not a count of your records',
    explanation:
      'The receipts count from 0, and the partition already held records. An offset is a place in the log, not the number of a message of yours.',
    page: {
      happens: 'The receipts are right on an empty topic and wrong on every other, each by the same number.',
      why: 'A partition is shared. Others have appended before you, others may append between two records of yours, and what retention has removed keeps its offsets to itself. Only the broker knows at which place it put a record, and it says so in its answer.',
      see: 'Press Run twice, with a look at the offsets in the lens: a program that counts cannot know where a log begins.',
      mend: 'Use what the broker reports. `send` resolves with it.',
    },
  },
  BASE_OFFSET_IS_THE_FIRST: {
    title: 'The base offset belongs to the first record only',
    explanation:
      'Several receipts name the same offset. One answer came for a whole batch, and it names the offset of the first record in it.',
    page: {
      happens: 'The first receipt is right. The others repeat it.',
      why: 'When one `send` carries many messages, they travel as a batch and are appended together, one after the other. The broker answers once per partition with `baseOffset`, the place of the first. The rest follow from that without a gap, so it does not list them.',
      see: 'Print what `send` returns, once for a call with one message and once for a call with three.',
      mend: 'Ask yourself how far the record is from the first one of its batch. Offsets are strings of digits: arithmetic on them needs a number that can hold them.',
    },
  },
  OFFSET_IS_A_STRING: {
    title: 'An offset is a string of digits',
    explanation:
      'An offset was turned into a number, or something was added to it as one adds to a text. Offsets have 64 bits, so kafkajs gives them as strings.',
    page: {
      happens:
        'The receipt holds `{"offset":7}` where `{"offset":"7"}` was asked for; or the third record of a batch at `12` is said to be at `122`.',
      why: 'A JavaScript number holds whole numbers up to 53 bits. Beyond 9 007 199 254 740 991 it rounds, without an error: `9007199254740993` becomes `9007199254740992`. So offsets come as strings, which survive JSON unchanged. And `+` between a string and a number joins texts: `"12" + 2` is `"122"`.',
      see: 'Type `9007199254740993` and then `"12" + 2` into any JavaScript console.',
      mend: 'Keep offsets as strings. Where you must calculate, use `BigInt` on both sides and turn the result back into a string.',
    },
  },
  NO_ACKNOWLEDGEMENT: {
    title: 'No acknowledgement was asked for',
    explanation:
      'With `acks: 0` the broker does not answer, so there is no coordinate to report: `send` resolves before anything is stored.',
    page: {
      happens:
        'Records arrive, and what `send` returned has no usable `baseOffset`. When the broker fails at the wrong moment, records are lost and nobody is told.',
      why: 'A producer chooses how much it wants to know. `acks: 0` is "I do not care", `acks: 1` is "the leader has it", `acks: -1` is "all replicas in sync have it". Only an answer can hold an offset.',
      see: 'Print what `send` returns with `acks: 0` and without.',
      mend: 'Leave `acks` as it is by default, `-1`, until a measurement gives you a reason.',
    },
  },
  RECEIPT_INCOMPLETE: {
    title: 'The receipts are not what the task asks for',
    explanation:
      'A receipt is missing, stands there twice, has another key, or holds other fields than `partition` and `offset`.',
    page: {
      happens: 'The orders are stored, and what should tell where they are cannot be read by a program.',
      why: 'Whoever reads a topic relies on its form to the letter. `"partition"` and `"part"` are two names; a number in quotes is a text. A record that means well and looks different is as bad as none.',
      see: 'Open the topic of the receipts in the lens and compare one record with the example in the task.',
      mend: 'One receipt for each order, with the order’s id as key and the two fields of the example as value.',
    },
  },
  NEVER_ENDED: {
    title: 'The program never ended',
    explanation: 'The work was done, but the process went on until its time was up. Something is still open.',
    page: {
      happens: 'All records are right, and the run is stopped at its limit of time.',
      why: 'Node ends when there is nothing left to wait for. An open connection is something to wait for. kafkajs keeps its connections to the broker until it is told to close them, so a program that has merely reached its last line is not at its end.',
      see: 'Print a line at the end of the program. It appears at once, and the program goes on.',
      mend: 'Close what you have opened, also when something goes wrong on the way: `try … finally`. Do not reach for `process.exit`, which cuts off what is still under way.',
    },
  },
  ENDED_WITH_AN_ERROR: {
    title: 'The program ended with an error',
    explanation: 'The process ended with an exit code other than 0: an error was not caught, or the program said that it failed.',
    page: {
      happens: 'The output ends with the name of an error and a stack of lines such as `at file:///workspace/main.ts:12:5`.',
      why: 'An error that nobody catches ends a Node program with exit code 1. Whoever started the program, a scheduler or a colleague, reads from that code that the work was not done.',
      see: 'Read the output from the first line of the error, not from the last. The first line of the stack that names `main.ts` is the place.',
      mend: 'Find out what that line was given. Catching the error and saying nothing would only hide it.',
    },
  },
  LITERAL_TOPIC_NAME: {
    title: 'The topic does not exist under that name',
    explanation:
      'The program names a topic that it may not use or that does not exist. Names come from `cluster.ts`, for they differ from run to run.',
    page: {
      happens:
        'The first `send` fails after some seconds with `This server does not host this topic-partition` or with `Not authorized to access topics`.',
      why: 'Many learners share a broker, so each run gets topics with a prefix of its own, such as `u7f2k9xq.3.orders`. The lens shows them without it. In production it is the same: a name is configuration, and differs between test and live.',
      see: 'Print `topics` from `cluster.ts`.',
      mend: 'Use `topics.orders.name` instead of a text of your own.',
    },
  },
  MISSING_KEY: {
    title: 'The records have no key',
    explanation:
      'Without a key nothing ties one driver’s events together: the producer deals the records out to all partitions in turn.',
    page: {
      happens: 'One driver’s events lie in two partitions or more. Within each the order is right; between them there is none.',
      why: 'A producer needs a reason to choose a partition. With a key it hashes the key, so that equal keys meet again. Without one it spreads records evenly, which is best for throughput and says nothing about order. Two partitions are read independently, often by two processes: a drop-off may be read before its pick-up.',
      see: 'Choose one driver in the lens and follow the line through that driver’s records: it changes lanes.',
      mend: 'Ask which records must never overtake each other, and give those the same key.',
    },
  },
  KEY_TOO_FINE: {
    title: 'The key divides what belongs together',
    explanation: 'Events of one driver carry different keys, so they go to different partitions and can overtake each other.',
    page: {
      happens: 'Every record has a key, and still one driver’s events lie in several partitions.',
      why: 'Order holds among records of one key. A key that is different for each event, such as the event’s id, orders nothing; the trip orders a trip, but not two trips of one driver; the zone changes while a driver is on the way. The more unlike the keys are, the better the load spreads and the less is kept in order: a key is a choice between the two.',
      see: 'List the different keys that one driver’s records have in the lens.',
      mend: 'Name the thing whose history must be read in order. That is the key, no more and no less.',
    },
  },
  ONE_PARTITION: {
    title: 'Everything went to one partition',
    explanation: 'The order is kept, and so is only one lane: a topic of many partitions does the work of one.',
    page: {
      happens: 'One lane is full and the others are empty. Adding consumers does not make reading faster.',
      why: 'Partitions are what a topic divides its work by. One partition lies on one broker and is read by one consumer of a group. A fixed partition number, or a key that is the same for all, buys an order over everything that hardly anybody needs, at the price of all the parallelism there is.',
      see: 'Look at the end offsets of the partitions in the lens.',
      mend: 'Ask for the least order that you need, not for the most, and let as many different keys as possible carry it.',
    },
  },
  KEY_TOO_COARSE: {
    title: 'The key puts together what need not be',
    explanation:
      'Several drivers share a key, so their events wait for each other in one partition and can never be spread further.',
    page: {
      happens: 'Each driver’s order is kept, and a few partitions hold everything however many there are.',
      why: 'The number of different keys is the most that a topic’s work can be divided by, for one key is never divided. A key that groups things which do not depend on each other gives away parallelism and buys an order that nobody asked for.',
      see: 'Count the different keys in the lens, and the drivers.',
      mend: 'Make the key as fine as the order that you need allows, and no finer.',
    },
  },
  OTHER_PARTITIONER: {
    title: 'Another rule than Kafka’s chose the partition',
    explanation:
      'A record does not stand where Kafka’s default partitioner puts its key, so other producers would put the same key elsewhere.',
    page: {
      happens:
        'Each driver has one partition, all in order. Then a second service, in Java perhaps, writes an event for the same driver, and it lands in another lane.',
      why: 'Where a key goes is decided by the producer, not by the broker, so all producers of a topic must use one rule. Java’s clients use murmur2 over the bytes of the key, made positive, modulo the number of partitions, and the default of kafkajs since version 2 agrees. A formula of your own, kafkajs’s `LegacyPartitioner`, or the default of some other libraries do not.',
      see: 'Send the key `alpha` with a partitioner of your choice and with the default, to a topic with seven partitions, and compare.',
      mend: 'Leave the choice to the client: give a key and no partition, and do not replace its partitioner without replacing everybody’s.',
    },
  },
  DRIVER_ORDER_LOST: {
    title: 'One driver’s events stand in another order',
    explanation: 'The events share a partition, but they were appended in another order than they happened.',
    page: {
      happens: 'Each driver has one lane, and in it a later event stands before an earlier one.',
      why: 'The key sees to the place, not to the order: within the partition, records stand in the order of their appends. Sorting, grouping, sending backwards or several sends under way at once can all change that order before the broker sees it.',
      see: 'Follow one driver in the lens by offset, with the input beside it.',
      mend: 'Send in the order of the input. One batch keeps the order of its messages; of several sends, let one be answered before the next begins.',
    },
  },
} as const satisfies Record<string, Diagnosis>;
