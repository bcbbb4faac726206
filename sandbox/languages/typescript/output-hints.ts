/** What goes wrong most in programs on Kafka, by the words that Node and kafkajs have for it, and what to do. */
import type { ExerciseNames } from '../contract/language.ts';
import { camelCase } from './camel-case.ts';

export interface OutputHint {
  said: RegExp;
  hint: (match: RegExpExecArray, names: ExerciseNames) => string;
  /** True where the program goes on trying for seconds: told as soon as it is seen. */
  early?: true;
}

const OWN_CLIENT = `import { kafka, topics } from './cluster.ts'`;

/** The first that fits is told: the more specific ones come first. */
export const OUTPUT_HINTS: readonly OutputHint[] = [
  {
    // kafkajs's own logger writes JSON; that of cluster.ts does not.
    said: /"message":"\[(?:Connection|BrokerPool)\][^\n]*?"broker":"([^"]+)"/,
    hint: ([, broker]) => noBroker(broker),
    early: true,
  },
  { said: /getaddrinfo (?:EAI_AGAIN|ENOTFOUND|EAI_FAIL) (\S+)/, hint: ([, host]) => noBroker(host), early: true },
  {
    said: /connect (?:ECONNREFUSED|ENETUNREACH|EHOSTUNREACH) (\d\S*|\[?[0-9a-f]*:\S+)/,
    hint: ([, address]) => noBroker(address),
    early: true,
  },
  {
    said: /Failed to connect: missing brokers|brokers array is empty|Failed to find a controller/i,
    hint: () => `Take the connection that is ready: ${OWN_CLIENT}.`,
  },
  {
    said: /SASL (?:SCRAM|PLAIN)[^\n]* authentication failed|invalid credentials|Unsupported SASL mechanism|SASLAuthentication/i,
    hint: () => `The broker does not take this login. The connection of cluster.ts is logged in: ${OWN_CLIENT}.`,
    early: true,
  },
  {
    said: /Not authorized to access topics|Topic authorization failed|does not host this topic-partition/,
    hint: (_, { topics }) =>
      `This program may use only the topics of its exercise. Write ${listOf(topics.map((topic) => `topics.${camelCase(topic)}.name`))}.`,
    early: true,
  },
  {
    said: /Not authorized to access group|Group authorization failed/i,
    hint: () => `This program may use only groups with its own prefix: kafka.consumer of cluster.ts adds it.`,
    early: true,
  },
  {
    said: /Transactional Id authorization failed/i,
    hint: () => `This program may use only transactional ids with its own prefix: kafka.producer of cluster.ts adds it.`,
  },
  {
    said: /Cluster authorization failed/i,
    hint: () => 'Only the administrator may do this on the broker. The topics are there already.',
  },
  {
    said: /(Snappy|LZ4|ZSTD) compression not implemented/i,
    hint: ([, codec]) => `kafkajs brings only GZIP, not ${codec}. Write: compression: CompressionTypes.GZIP.`,
  },
  {
    said: /producer is disconnect(?:ed|ing)|The producer is disconnected/i,
    hint: () => 'A send was still under way. Write await before each producer.send, and disconnect after the last one.',
  },
  {
    said: /must be of type string or an instance of Buffer/,
    hint: () =>
      'Kafka stores bytes: keys and values are text or a Buffer. Write JSON.stringify(...) for an object, String(...) for a number.',
  },
  {
    said: /message (?:batch )?larger than the (?:max|configured)|MESSAGE_TOO_LARGE|RECORD_LIST_TOO_LARGE/i,
    hint: () => 'One request holds more than the broker takes. Send fewer messages in each producer.send.',
  },
  {
    said: /timestamp of the message is out of acceptable range/i,
    hint: () => 'A timestamp is in milliseconds since 1970, as text: String(Date.now()).',
  },
  {
    said: /fewer in-sync replicas than required|NOT_ENOUGH_REPLICAS/i,
    hint: () => 'acks: -1 waits for as many copies as min.insync.replicas asks for. Fewer brokers than that are up.',
  },
  {
    said: /Consumer groupId must be a non-empty string/,
    hint: () => `A consumer names its group: kafka.consumer({ groupId: 'readers' }).`,
  },
  { said: /Cannot subscribe to topic while consumer is running/, hint: () => 'Call consumer.subscribe before consumer.run.' },
  {
    said: /Invalid topic(?: undefined| null|$)|Invalid topic /m,
    hint: () => 'The topic is missing. Write topic: topics.<name>.name.',
  },
  {
    said: /"\[object Object\]" is not valid JSON/,
    hint: () => 'The text was an object that became "[object Object]". Write JSON.stringify(...) where it is sent.',
  },
  {
    said: /SyntaxError: [^\n]*\bJSON\b/,
    hint: () => 'What JSON.parse was given is not JSON. Print it first: a value may be text, empty or cut.',
  },
  {
    said: /Do not know how to serialize a BigInt/,
    hint: () => 'JSON has no BigInt. Write String(...) first: offsets stay exact as text.',
  },
  {
    said: /Cannot mix BigInt and other types/,
    hint: () => 'A BigInt counts only with BigInts. Write BigInt(...) around the other number, or 1n for 1.',
  },
  {
    said: /Cannot read properties of null \(reading '([^']*)'\)/,
    hint: ([, name]) =>
      `Something is null where ${name} is read: a record's key or value can be null, and JSON.parse(null) is null too.`,
  },
  {
    said: /(?:is not iterable|is not a function or its return value is not iterable)/,
    hint: () => 'A call that answers later gives a promise, which is not a list. Write await before it.',
  },
  {
    said: /Cannot read properties of undefined \(reading '(offset|baseOffset|partition|errorCode)'\)/,
    hint: () => 'The answer of send is a promise of a list. Write const [answer] = await producer.send(...).',
  },
  {
    said: /(?:does not provide an export named|Named export) '([^']+)'/,
    hint: ([, name]) => `${name} is a type, or has another name there. Write import { type ${name} } for a type.`,
  },
  {
    said: /Cannot find module '[^'\n]*\/([^'/\n]+)' imported from/,
    hint: ([, name]) =>
      `Node looks for exactly the file that is named. Write its extension: './${(name ?? '').replace(/\.js$|\.ts$/, '')}.ts'.`,
  },
  {
    said: /Cannot find package '([^']+)'/,
    hint: ([, name]) => `There is no ${name} here. Programs may import kafkajs and Node's own modules, such as 'node:fs'.`,
  },
  {
    said: /(require|module|exports|__dirname|__filename) is not defined/,
    hint: ([, name]) => `Files are ES modules: there is no ${name}. Write import and export, and import.meta.dirname for a path.`,
  },
  {
    said: /ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX/,
    hint: () => 'Node only removes types: it runs no enum, namespace, parameter property or import alias. Use plain JavaScript.',
  },
  {
    said: /await is only valid in async functions|await isn't allowed in non-async function|Unexpected reserved word/,
    hint: () => 'await works at the top of a file and in functions that are async. Write async before this function.',
  },
  {
    // Of the characters that no program needs, the first in Node's quote of the line.
    said: /([\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\u201c-\u201e\u2018\u2019\u00ab\u00bb])[\s\S]*\nSyntaxError/,
    hint: ([, character = '']) =>
      `Character U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} is in this line, as web pages have it: a typographic quote or an invisible space. Type it anew.`,
  },
  {
    said: /ERR_INVALID_TYPESCRIPT_SYNTAX|SyntaxError: Invalid or unexpected token/,
    hint: () => 'Node cannot read this line. Look for a decorator or a character that does not belong there.',
  },
  {
    said: /ReferenceError: (\w+) is not defined/,
    hint: ([, name], { inputs }) => `Nothing here is called ${name}. ${importOf(name, inputs)}`,
  },
  {
    said: /Cannot access '([^']+)' before initialization/,
    hint: ([, name]) => `${name} is used above the line that declares it. Move that line up.`,
  },
  {
    said: /Detected unsettled top-level await/,
    hint: () => 'An await never came to its end: nothing is left that could settle it. Disconnect, or call resolve.',
  },
  {
    said: /^still open: connections to Kafka ([1-9]\d*)/m,
    hint: ([, count]) =>
      `A second before its time was over, the program had connections to Kafka open: ${count}. Node ends a program when nothing is open: disconnect each producer, consumer and admin client when its work is done.`,
  },
  {
    said: /^still open: connections to Kafka 0, timers ([1-9]\d*)/m,
    hint: ([, count]) =>
      `A second before its time was over, timers were running: ${count}. A setInterval, or a setTimeout that starts itself anew, keeps a program from ending.`,
  },
  {
    said: /^never paused in its last second$/m,
    hint: () => 'Look for a loop that never ends: while it turns, Node does nothing else, not even what was awaited.',
  },
  {
    said: /Closed connection|Connection (?:closed|reset)|ECONNRESET|EPIPE/,
    hint: () => 'The broker closed the connection: a request may have been too large, or came after disconnect.',
  },
];

function noBroker(address: string | undefined): string {
  return `Nothing listens at ${address}: a program here reaches only the exercise's broker. Take its connection: ${OWN_CLIENT}.`;
}

function importOf(name: string | undefined, inputs: readonly string[]): string {
  if (name === 'kafka' || name === 'topics') return `Write: import { ${name} } from './cluster.ts'.`;
  const input = inputs.find((one) => camelCase(one) === name);
  if (input) return `Write: import { ${name} } from './${input}.ts'.`;
  return 'Declare it, or import it.';
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
