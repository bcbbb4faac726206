/**
 * What goes wrong most in Flink SQL, by Flink's words for it, and what to do. A hint follows Flink's message; one with `instead` replaces it.
 */
import { optionNames, optionValues } from '#sandbox/services/flink/policy.ts';
import { nearest } from './nearest.ts';
import { wordsLikeWeb } from './web-characters.ts';

export interface SqlHint {
  said: RegExp;
  /** Returns null where it does not apply. */
  hint: (match: RegExpExecArray, names: KnownNames) => string | null;
  instead?: true;
}

/** What the statements declare, as they write it, and the text of the one that failed. */
export interface KnownNames {
  statement: string;
  /** The table that it writes to, and the names that are in it besides. */
  target: string | null;
  named: readonly string[];
  tables: readonly string[];
  columns: readonly string[];
  /** Tables whose options do not say where reading starts. */
  startless: readonly string[];
}

/** Words that people give to columns and that Flink's parser takes in backticks only. */
export const RESERVED: ReadonlySet<string> = new Set(
  `VALUE VALUES USER DATE TIME TIMESTAMP COUNT YEAR MONTH DAY HOUR MINUTE SECOND END START POSITION ROW ROWS RANK METHOD RESULT AT
  ORDER GROUP OFFSET INTERVAL LANGUAGE LIMIT MAX MIN SUM AVG PERIOD RANGE REF SYSTEM TABLE TO CURRENT LOCAL PARTITION PERCENT STREAM
  WINDOW COLUMN CONDITION EXTERNAL FUNCTION LEFT RIGHT MATCH MEMBER MODULE MULTISET NEW OLD ONLY OUT PARAMETER PRECISION PRIMARY
  REFERENCES RELEASE RETURN SCROLL SEARCH SHOW SOME STATIC SYMMETRIC TRIGGER UNIQUE VARYING WITHIN ABS CEIL FLOOR LOWER UPPER MOD
  POWER CHECK CHAR CALL BOTH BINARY BEGIN ASYMMETRIC ARRAY ANY MEASURES COMMENT PROCEDURE EXPLAIN`.split(/\s+/),
);
/** After one of these, or a comma, a name is expected. */
const BEFORE_A_NAME = /(?:\bAS|\bSELECT|\bBY|\bAND|\bOR|\bWHERE|\bON|[(,.=<>+*/-])$/i;

const meant = (word: string, names: readonly string[]) => {
  const near = nearest(word, names);
  return near === null ? null : `Did you mean ${near}?`;
};

export const SQL_HINTS: readonly SqlHint[] = [
  {
    said: /^The connector '([^']+)' is not available here\. Available: (.*)\.$/,
    hint: ([, word = '', names = '']) => meant(word, names.split(', ')),
  },
  {
    said: /^The option '([^']+)' is not available for '([^']+)' tables/,
    hint: ([, word = '', connector = '']) => meant(word, optionNames(connector)),
  },
  {
    said: /^The option '([^']+)' cannot be '([^']*)' here/,
    hint: ([, option = '', value = '']) => {
      const values = optionValues(option);
      return values && [meant(value, values), `Possible: ${values.join(', ')}.`].filter(Boolean).join(' ');
    },
  },
  {
    said: /^The setting '([^']+)' cannot be changed here\. Allowed: (.*)\.$/,
    hint: ([, word = '', names = '']) => meant(word, names.split(', ')),
  },
  {
    said: /^Property group\.id is required when using committed offset/,
    hint: (_, { target, named, startless }) => {
      const isIn = (names: readonly string[]) => (name: string) => names.some((one) => one.toUpperCase() === name.toUpperCase());
      const read = startless.filter((name) => target === null || !isIn([target])(name));
      const table = read.find(isIn(named)) ?? read[0] ?? 'the table';
      return `The CREATE TABLE of ${table} has no 'scan.startup.mode', so nothing says where reading starts. Add to its options: 'scan.startup.mode' = 'earliest-offset'.`;
    },
    instead: true,
  },
  { said: /^Could not find required (?:scan|sink) format/, hint: () => "Add to the table's options: 'format' = 'json'." },
  { said: /^Either 'topic' or 'topic-pattern' must be set/, hint: () => "Add to the table's options: 'topic' = '...'." },
  { said: /^(?:Lexical error|Encountered|Incorrect syntax)/, hint: (_, { statement }) => wordsLikeWeb(statement), instead: true },
  {
    said: /^(?:Encountered "|Incorrect syntax near the keyword ')(FROM|WHERE|GROUP|ORDER|HAVING|UNION)\b/i,
    hint: (_, { statement }) => {
      const [, word] = /,\s*(FROM|WHERE|GROUP\s+BY|ORDER\s+BY|HAVING|UNION)\b/i.exec(statement) ?? [];
      return word === undefined ? null : `A comma is left over before ${word}.`;
    },
  },
  { said: /^Encountered "= =/, hint: () => 'SQL compares with one =.' },
  {
    said: /^Encountered "[^\n]*\\?"" ?\.?$|^Encountered "[^\n]*\\"/,
    hint: () => `Text stands in '...', not in "...". A name that needs quotes stands in backticks.`,
  },
  {
    // A word that is taken for a function's name or a type is noticed only at what follows it.
    said: /^(?:Encountered "[),]|Encountered "(?:FROM|STRING)|Incorrect syntax near the keyword 'FROM')/i,
    hint: (_, { statement }) => reservedBeside(statement),
  },
  {
    said: /^(?:Encountered "|Incorrect syntax near the keyword ')(\w+)/,
    hint: ([, word = ''], { statement }) => {
      if (!RESERVED.has(word.toUpperCase()) || !isName(word, statement)) return null;
      return inBackticks(word);
    },
  },
  {
    said: /^Column '([^']+)' not found/,
    hint: ([, word = ''], { columns }) => meant(word, columns),
  },
  {
    said: /^Object '([^']+)' not found|Cannot find table '(?:\w+\.)*(\w+)'/,
    hint: ([, word, other], { tables }) => meant(word ?? other ?? '', tables),
  },
  {
    said: /No match found for function signature (\w+)/,
    hint: () => 'Flink has no such function, or not with these types of arguments.',
  },
  { said: /Unknown identifier '?(\w+)/, hint: ([, word = '']) => meant(word, TYPES) },
  {
    said: /^\/ by zero$|Division by zero|division by zero/,
    hint: () => 'An expression of this statement divides by zero. Write NULLIF(..., 0) for the divisor: the result is then NULL.',
  },
  {
    said: /Column '([^']+)' is NOT NULL, however, a null value is being written/,
    hint: ([, column]) => `The query gives NULL for ${column}. Write COALESCE(..., a value), or leave out NOT NULL.`,
  },
  {
    said: /For input string: |Cannot parse|(?:is not|not) a valid (?:number|timestamp|date)|NumberFormatException|could not be parsed/i,
    hint: () => 'CAST cannot read this text. TRY_CAST gives NULL instead.',
  },
  {
    said: /Numeric overflow|out of range|ArithmeticException: overflow/i,
    hint: () => 'The number does not fit its type. Take a larger one, such as BIGINT or DECIMAL(38, 2).',
  },
  {
    said: /doesn't support consuming update/,
    hint: () => "The query changes rows that it has already given. 'upsert-kafka' with a PRIMARY KEY takes changes.",
  },
  {
    said: /(?:requires? .*PRIMARY KEY|PRIMARY KEY constraint|define a PRIMARY KEY)/is,
    hint: () => 'Add to the columns: PRIMARY KEY (...) NOT ENFORCED.',
  },
  {
    said: /time attribute/,
    hint: () => "Declare event time in CREATE TABLE: WATERMARK FOR a_column AS a_column - INTERVAL '5' SECOND.",
  },
  {
    said: /Expression '([^']+)' is not being grouped/,
    hint: ([, column]) => `Add ${column} to GROUP BY, or put it in a function such as MAX(${column}).`,
  },
  {
    said: /Column types of query result and sink for '?[^']*'? do not match|different number of columns/i,
    hint: () => 'INSERT takes columns by their place: the query gives them in the order and types of the table.',
  },
  {
    said: /Cannot apply '([^']+)' to arguments/,
    hint: ([, operator]) => `Both sides of ${operator} need types that fit: CAST one of them.`,
  },
  {
    said: /Undefined offset with no reset policy|NoOffsetForPartition/,
    hint: () => "The group has no offset. Write 'scan.startup.mode' = 'earliest-offset'.",
  },
  {
    said: /TopicAuthorization|GroupAuthorization|TransactionalIdAuthorization|Not authorized to access/,
    hint: () => 'A table may use only topics of this exercise, by their names in its topic option.',
  },
];

const TYPES = [
  'STRING',
  'VARCHAR',
  'BIGINT',
  'INT',
  'DOUBLE',
  'DECIMAL',
  'BOOLEAN',
  'TIMESTAMP',
  'TIMESTAMP_LTZ',
  'DATE',
  'BYTES',
  'ARRAY',
  'MAP',
];

/** Returns Flink's message with what to do. */
export function withHint(message: string, names: KnownNames): string {
  for (const { said, hint, instead } of SQL_HINTS) {
    const match = said.exec(message);
    const more = match && hint(match, names);
    if (more) return instead ? more : `${message.replace(/(?<![.?!])$/, '.').replace(/ \.$/, '.')} ${more}`;
  }
  return message;
}

/** Returns whether a word is somewhere in a statement where a name is expected. */
function isName(word: string, statement: string): boolean {
  for (const { index } of statement.matchAll(new RegExp(`\\b${word}\\b`, 'gi'))) {
    const before = statement.slice(0, index).trimEnd();
    if (BEFORE_A_NAME.test(before)) return true;
  }
  return false;
}

/** Returns the hint for a reserved word that is the last before a bracket, a comma or FROM; null when there is none. */
function reservedBeside(statement: string): string | null {
  for (const [, word = ''] of statement.matchAll(/[(,]\s*(\w+)\s*(?=[),]|\bSTRING\b)/gi))
    if (RESERVED.has(word.toUpperCase())) return inBackticks(word);
  const [, selected = ''] = /\bSELECT\s+(\w+)\s+FROM\b/i.exec(statement) ?? [];
  return RESERVED.has(selected.toUpperCase()) ? inBackticks(selected) : null;
}

function inBackticks(word: string): string {
  return `${word} is a word of SQL. As a name, write it in backticks: \`${word}\`.`;
}
