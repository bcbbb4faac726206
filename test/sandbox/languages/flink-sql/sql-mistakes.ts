/** What goes wrong most in Flink SQL: the text, the marked part of it, and what the message says. */
export interface SqlMistake {
  what: string;
  text: string;
  /** The text under the mark; the whole statement where left out. */
  marked?: string;
  says: string | readonly string[];
}

const table = (options: string, columns = 'customer STRING') => `CREATE TABLE t (${columns}) WITH (${options})`;
const KAFKA = "'connector' = 'kafka', 'topic' = 'payments', 'format' = 'json'";

/** Found while typing, before anything runs. */
export const WHILE_TYPING: readonly SqlMistake[] = [
  { what: 'typographic double quotes', text: 'SELECT “a” FROM p', marked: '“', says: 'Typographic quote “ (U+201C)' },
  {
    what: 'typographic single quotes',
    text: 'SELECT customer FROM p WHERE customer = ‘a’',
    marked: '‘',
    says: "Type ' around a text",
  },
  { what: 'a no-break space', text: 'SELECT\u00a0customer FROM p', marked: '\u00a0', says: 'Invisible character U+00A0' },
  { what: 'a zero-width space', text: 'SELECT customer\u200b FROM p', marked: '\u200b', says: 'Invisible character U+200B' },
  { what: 'a typographic dash', text: 'SELECT amount_cents – 1 FROM p', marked: '–', says: 'Typographic dash – (U+2013)' },
  {
    what: 'text in double quotes',
    text: 'SELECT customer FROM p WHERE customer = "a"',
    marked: '=',
    says: "Text stands in '...'",
  },
  {
    what: 'two equals signs',
    text: 'SELECT customer FROM p WHERE customer == customer',
    marked: '=',
    says: 'compares with one =',
  },
  { what: 'a comma before FROM', text: 'SELECT customer, FROM p', marked: 'FROM', says: 'A comma is left over before FROM.' },
  { what: 'a misspelt SELECT', text: 'SELCT 1', marked: 'SELCT', says: 'No statement begins with "SELCT".' },
  { what: 'a misspelt column', text: 'SELECT custmer FROM p', marked: 'custmer', says: 'Did you mean customer?' },
  {
    what: 'a misspelt column of a table',
    text: 'SELECT p.amount_cent FROM p',
    marked: 'amount_cent',
    says: 'Did you mean amount_cents?',
  },
  { what: 'a misspelt table', text: 'SELECT * FROM totls', marked: 'totls', says: 'Did you mean totals?' },
  { what: 'a misspelt sink', text: "INSERT INTO total VALUES ('a', 1)", says: 'Did you mean totals?' },
  { what: 'a misspelt type', text: table(KAFKA, 'customer STRIN'), marked: 'STRIN', says: 'Did you mean STRING?' },
  {
    what: 'a function that does not exist',
    text: 'SELECT MEDIAN(amount_cents) FROM p',
    marked: 'MEDIAN(amount_cents)',
    says: 'Flink has no such function',
  },
  {
    what: 'types that do not fit',
    text: 'SELECT amount_cents + customer FROM p',
    marked: 'amount_cents + customer',
    says: 'CAST one of them',
  },
  {
    what: 'a column that is not grouped',
    text: 'SELECT customer, amount_cents FROM p GROUP BY customer',
    marked: 'amount_cents',
    says: 'Add amount_cents to GROUP BY',
  },
  { what: 'too few columns', text: 'INSERT INTO totals SELECT customer FROM p', says: 'by their place' },
  { what: 'columns in another order', text: 'INSERT INTO totals SELECT amount_cents, customer FROM p', says: 'by their place' },
  {
    what: 'changes into an append-only table',
    text: 'INSERT INTO totals SELECT customer, COUNT(*) FROM p GROUP BY customer',
    says: "'upsert-kafka' with a PRIMARY KEY takes changes",
  },
  {
    what: 'a window over a time that is not event time',
    text: "SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE p, DESCRIPTOR(t), INTERVAL '1' MINUTE)) GROUP BY window_start",
    says: 'WATERMARK FOR',
  },
  { what: 'an enforced key', text: table(KAFKA, 'customer STRING, PRIMARY KEY (customer)'), says: 'NOT ENFORCED.' },
  {
    what: 'a missing key',
    text: `${table("'connector' = 'upsert-kafka', 'topic' = 'payments', 'key.format' = 'json', 'value.format' = 'json'")};\nSELECT * FROM t`,
    marked: 'SELECT * FROM t',
    says: 'Add to the columns: PRIMARY KEY (...) NOT ENFORCED.',
  },
  {
    what: 'a missing startup mode',
    text: `${table(KAFKA)};\nSELECT * FROM t`,
    marked: 'SELECT * FROM t',
    says: ['CREATE TABLE of t', "'scan.startup.mode' = 'earliest-offset'"],
  },
  {
    what: 'a missing format',
    text: `${table("'connector' = 'kafka', 'topic' = 'payments'")};\nSELECT * FROM t`,
    marked: 'SELECT * FROM t',
    says: "'format' = 'json'",
  },
  {
    what: 'a missing topic option',
    text: `${table("'connector' = 'kafka', 'format' = 'json'")};\nSELECT * FROM t`,
    marked: 'SELECT * FROM t',
    says: "Add to the table's options: 'topic'",
  },
  { what: 'a missing connector', text: table("'topic' = 'payments', 'format' = 'json'"), says: "needs a 'connector'" },
  { what: 'an unknown connector', text: table("'connector' = 'kafak'"), marked: "'kafak'", says: 'Did you mean kafka?' },
  {
    what: 'an unknown format',
    text: table(KAFKA.replace("'json'", "'jsn'")),
    marked: "'format'",
    says: ['Did you mean json?', 'csv'],
  },
  {
    what: 'an unknown option',
    text: table(`${KAFKA}, 'scan.startup.mod' = 'x'`),
    marked: "'scan.startup.mod'",
    says: 'Did you mean scan.startup.mode?',
  },
  {
    what: 'an unknown startup mode',
    text: table(`${KAFKA}, 'scan.startup.mode' = 'earliest'`),
    marked: "'scan.startup.mode'",
    says: 'Possible: earliest-offset, latest-offset',
  },
  {
    what: 'an unknown setting',
    text: "SET 'parallelism.defalt' = '2'",
    marked: "'parallelism.defalt'",
    says: 'Did you mean parallelism.default?',
  },
  {
    what: 'an unknown topic',
    text: table(KAFKA.replace('payments', 'my-new-topic')),
    marked: 'my-new-topic',
    says: "This exercise has 'payments', 'totals'.",
  },
  {
    what: 'a misspelt topic',
    text: table(KAFKA.replace('payments', 'paymets')),
    marked: 'paymets',
    says: "Did you mean 'payments'?",
  },
  {
    what: 'a broker of its own, with follow-on errors',
    text: `${table(`${KAFKA}, 'properties.bootstrap.servers' = 'broker:9092'`)};\nINSERT INTO t VALUES ('x');\nSELECT customer FROM t;`,
    marked: "'properties.bootstrap.servers'",
    says: ['leave it out', '2 later statements need t.'],
  },
];

/** Found only when it runs. */
export const WHILE_RUNNING: readonly Omit<SqlMistake, 'marked'>[] = [
  {
    what: 'a division by zero',
    text: 'SELECT amount_cents / (amount_cents - amount_cents) FROM p',
    says: ['/ by zero', 'NULLIF'],
  },
  {
    what: 'a division by zero in an insert',
    text: 'INSERT INTO totals SELECT customer, amount_cents / (amount_cents - amount_cents) FROM p',
    says: 'NULLIF',
  },
  { what: 'a failed cast to a number', text: 'SELECT CAST(customer AS INT) FROM p', says: 'TRY_CAST' },
  { what: 'a failed cast to a time', text: 'SELECT CAST(customer AS TIMESTAMP(3)) FROM p', says: 'TRY_CAST' },
  { what: 'a failed cast to a boolean', text: 'SELECT CAST(customer AS BOOLEAN) FROM p', says: 'TRY_CAST' },
  {
    what: 'NULL in a NOT NULL column',
    text: 'INSERT INTO totals SELECT note, amount_cents FROM p',
    says: 'The query gives NULL for customer',
  },
  {
    what: 'a column of another type than the JSON',
    text: `${table(`${KAFKA}, 'scan.startup.mode' = 'earliest-offset'`, 'customer INT')};\nSELECT * FROM t`,
    says: 'Failed to deserialize JSON',
  },
  {
    what: 'a group without offsets',
    text: `${table(`${KAFKA}, 'properties.group.id' = 'g'`)};\nSELECT * FROM t`,
    says: "'scan.startup.mode' = 'earliest-offset'",
  },
  {
    what: 'an insert into an unknown topic',
    text: `${table(KAFKA.replace('payments', 'my-new-topic'))};\nINSERT INTO t VALUES ('x')`,
    says: "The topic 'my-new-topic' does not exist.",
  },
];
