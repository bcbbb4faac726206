import type { Diagnosis } from './diagnosis.ts';

/** Mistakes with Flink SQL. */
export const sqlDiagnoses = {
  SQL_REFUSED: {
    title: 'A statement was refused',
    explanation: 'Flink could not run one of the statements, so those after it did not run either. Its message says why.',
    page: {
      happens:
        'The run stops at a statement. The editor marks the place where Flink names one, and the output shows its message.',
      why: 'Flink reads a statement in three steps. It parses the text, then it looks up each table, column and function, then it plans how to run it. Each step has its own kind of message: `Encountered "…"` is about the text, `not found` about a name, `doesn\'t support` about the plan. A topic that does not exist shows only when the job starts to read.',
      see: 'Read the first line of the message and go to the line that it names. Look at the line before as well: Flink reports a missing comma or semicolon where it noticed it.',
      mend: 'Change one thing and run again. `DESCRIBE orders` lists the columns of a table, and `EXPLAIN` in front of a query plans it without running it.',
    },
  },
  UNKNOWN_TOPIC: {
    title: 'The table is on a topic that does not exist',
    explanation:
      'The option `topic` of a table names a topic that this exercise does not have. Nothing can be read from it, and a job that writes to it waits until its time limit.',
    page: {
      happens: 'The job runs and writes nothing until its time limit; or it fails with `unknown topic`.',
      why: 'The name of a table and the name of a topic are two things: the table `big_orders` is on the topic `big-orders`. Flink does not look at the topic when you create the table. A source finds out when it begins to read. A sink keeps asking the broker for the topic, because it might be created at any moment.',
      see: 'The lens lists the topics of the exercise by their names.',
      mend: 'Write the name as it appears there, letter by letter, and without a prefix: Streamwright adds the prefix for you.',
    },
  },
  NO_INSERT: {
    title: 'The rows were shown and not stored',
    explanation: 'A `SELECT` sends its rows to you. Nothing was written to the topic, because no statement writes.',
    page: {
      happens: 'The result looks right on the screen, and the topic stays empty.',
      why: 'A query on its own is a question: its rows go to the session that asked, and are lost with it. `INSERT INTO` writes the rows of a query to a table, and a table on a topic writes each of them as a record. Flink keeps that running as a job, even when no one looks.',
      see: 'Look at the end offsets of the topic in the lens while the query runs, and at the strip of jobs.',
      mend: 'Put the query behind an `INSERT INTO` that names the table to be filled.',
    },
  },
  LATEST_OFFSET: {
    title: 'The query began at the end of the topic',
    explanation:
      'With `latest-offset` a table holds only what is written after the query has begun. The records before that are missing.',
    page: {
      happens:
        'Rows come as new records arrive, and none of the older ones ever appears. On a topic that nothing writes to, no row comes at all.',
      why: 'A topic keeps what was written to it, and each reader chooses where to begin. `scan.startup.mode` is that choice: `earliest-offset` begins at the first record that is kept, `latest-offset` after the last one, `group-offsets` (the default) where a consumer group stopped, `timestamp` at a time. Two queries over one topic may begin at two places and see two tables.',
      see: 'Compare the number of records of the topic in the lens with the number of rows that a plain `SELECT` gives.',
      mend: 'Ask what the result must contain: everything there is, or only what is new. Then set that in the options of the source table.',
    },
  },
  LIMIT_NOT_EXACT: {
    title: 'The row at the limit is on the wrong side',
    explanation: 'Everything is right except for rows whose value is exactly the limit, or one step away from it.',
    page: {
      happens:
        'The sample passes. With different data, a row exactly at the limit is missing, or one just below it is in the result.',
      why: '`>` and `>=` differ for one value only, and a sample rarely has it. Whole numbers make it tempting to move the limit by one instead. That is right for cents today, and wrong when the column becomes a decimal.',
      see: 'Select the rows near the limit: `WHERE total_cents BETWEEN 9990 AND 10010`.',
      mend: 'Read the sentence of the task again: does "from" or "or more" include the value that it names?',
    },
  },
  OTHER_ROWS: {
    title: 'The rows are not those of the task',
    explanation: 'Rows are missing that the task requires, or rows are there that it does not.',
    page: {
      happens: 'The topic fills, and its records are not those of the task.',
      why: 'A condition decides about each row separately. One condition too many hides rows, one too few lets everything through, and a unit that is wrong by a factor of a hundred does either. A column whose type is too small can fail on large values. With `ignore-parse-errors` the field then becomes `NULL`, and the `WHERE` drops the row silently.',
      see: 'Run the `SELECT` without the `INSERT`, once unchanged and once with the condition reversed, and look at rows of both kinds.',
      mend: 'Say in one sentence which rows belong in the result, and compare it with the `WHERE` word for word.',
    },
  },
  ROW_WRITTEN_TWICE: {
    title: 'A row was written more than once',
    explanation: 'The topic holds the same row two times or more. A topic keeps everything that is written to it.',
    page: {
      happens: 'Each row of the result is in the topic twice, at two offsets.',
      why: 'Each `INSERT` is a separate job and reads its source from the start. Two of them over one source write everything twice, and so does a query in which a row takes two paths, for example through `UNION ALL`. A table on a topic without a primary key is a list: it cannot detect the duplicate.',
      see: 'Count the jobs in the lens, and group the records of the topic by what they hold.',
      mend: 'Let one query write to one topic, and let each row pass through it once.',
    },
  },
  ROWS_TYPED_IN: {
    title: 'The rows were typed in, not read',
    explanation: '`VALUES` writes the rows in the statement. They are not those of this round.',
    page: {
      happens: 'The topic holds rows, but they are those of the sample in the editor, or rows that the task does not require.',
      why: '`INSERT INTO … VALUES` is for trying things out: it writes the same rows whatever the source holds, and ends. In a check, the source holds different data of the same kind.',
      see: 'Compare the ids in the target topic with those in the source topic in the lens.',
      mend: 'Take every row from the source table by a query, and write nothing else.',
    },
  },
  OTHER_COLUMNS: {
    title: 'A column does not match the task',
    explanation: 'The right rows are there, but a column is missing, or its name, type or value is wrong.',
    page: {
      happens: 'The records look much like those of the task, and a program that reads them fails.',
      why: 'The names of the fields come from the columns of the target table, in its order; the query only fills them by position. So a renamed column renames the field, two swapped columns swap values, and a type decides whether a number is written as a number. `value.fields-include` decides whether the columns of the key are in the value too.',
      see: 'Open one record of the topic in the lens, next to the example in the task.',
      mend: 'Compare the columns of the target table with the task, and then the `SELECT` list with the columns, from left to right.',
    },
  },
  KEY_FIELDS_MISSING: {
    title: 'No column is the key',
    explanation: 'The records have no key. Flink writes one only when the table says which columns make it and in which format.',
    page: {
      happens: 'The values are right, and the lens shows records without a key, spread over several partitions.',
      why: "A table has columns, and does not know about a record's key. `key.fields` names the columns that make it, and `key.format` says how they are written as bytes. Without these, everything goes into the value, and nothing keeps the rows of one customer in one partition: Flink's producer is sticky, so it fills a batch for one partition and then switches.",
      see: 'The lens shows each record with its key, or without one.',
      mend: 'Give the target table both options: which columns, and which format.',
    },
  },
  KEY_NOT_AS_ASKED: {
    title: 'The key does not match the task',
    explanation: 'The records have a key, but its bytes are not those that the task names.',
    page: {
      happens:
        'A reader that looks for a customer by the key does not find it, and the rows of one customer may be in two partitions.',
      why: 'Keys are compared byte by byte. `raw` writes only the bytes of a single column: a `STRING` as UTF-8, a `BIGINT` as 8 bytes. `json` writes an object with the name of the column, `{"customer":"Ada"}`. `csv` may add quotes. All three hold the same name, and can be three different keys. Writers and readers have to agree on one.',
      see: 'Look at the key of one record in the lens, with every brace and quote.',
      mend: 'Choose the columns and the format that give exactly the bytes of the task.',
    },
  },
  QUERY_ENDED: {
    title: 'The query ended',
    explanation: 'The statements treat the topic as complete. What arrives later is not read.',
    page: {
      happens: 'The job is `FINISHED`. New records arrive in the source, and nothing follows in the target.',
      why: 'A topic has no end, only a place up to which it has been written. `scan.bounded.mode` turns that place into an end, and batch mode needs one. Both are right for a question about the past. A pipeline has to keep running: it also serves records that do not exist yet.',
      see: 'Look at the state of the job in the lens while more records arrive.',
      mend: 'Leave the source without an end.',
    },
  },
  NO_EVENT_TIME: {
    title: 'The table has no event time',
    explanation:
      'A window needs a column that moves time forward. A `TIMESTAMP` column is only a value until you declare a watermark for it.',
    page: {
      happens: 'Flink refuses the query: `requires the timecol is a time attribute type`.',
      why: 'To close a window, Flink has to know that nothing earlier will come. No value in a row can say that. `WATERMARK FOR` declares which column is the time of the event, and how far a row may lag behind. From it Flink derives how far time has come, the watermark. Such a column is called a time attribute.',
      see: '`DESCRIBE` the table: a time attribute is marked with `*ROWTIME*`, next to its watermark.',
      mend: 'Declare a watermark in the source table, with the disorder that you have to expect.',
    },
  },
  PROCESSING_TIME: {
    title: 'The windows follow the wall clock',
    explanation:
      'The rows were put into windows by the time at which Flink read them, not by the time at which they were measured.',
    page: {
      happens: 'All readings in the topic fall into one window, that of now, and a second run gives a different result.',
      why: 'Processing time is the clock of the machine that runs the query. It is cheap and needs no watermark, and it says nothing about the data: Flink reads a backlog of an hour within a second. Event time is in the row, so the result is the same tomorrow and on a different machine.',
      see: 'Compare `window_start` with the times in the readings.',
      mend: 'Take the window over the column that says when the thing happened.',
    },
  },
  IDLE_READERS: {
    title: 'A reader without a partition holds time back',
    explanation:
      'The source has more parallel readers than the topic has partitions. A reader without one never says how far time has come, so no window closes.',
    page: {
      happens: 'The job is `RUNNING` and reads every record, its watermark stays undefined, and no row is ever written.',
      why: 'Each partition is read by one reader, so with a parallelism above the number of partitions some readers have nothing to read. The watermark of the query is the lowest of all its readers. One that reads nothing has none yet, and the rest wait for it. Queries without event time do not notice.',
      see: 'In the lens, compare the parallelism of the source with the partitions of its topic.',
      mend: 'Give the source no more readers than there are partitions, or an idle timeout, after which a silent reader is not waited for.',
    },
  },
  WINDOW_NOT_GROUPED: {
    title: 'The query does not group by the window',
    explanation:
      'A query over a window has to group by both ends of it. With only one, Flink sees a column like any other, and a result that changes with each row.',
    page: {
      happens:
        "Flink refuses the query: `doesn't support consuming update changes which is produced by node GroupAggregate(groupBy=[… window_start …])`.",
      why: '`TUMBLE` adds the columns `window_start` and `window_end` to each row. Flink plans a query as a window aggregate, which emits a row once, when the window has closed, only if the query groups by both. Any other grouping may get another row at any time, so its results are updates, and a plain topic cannot take those.',
      see: '`EXPLAIN` the query: it says `WindowAggregate` or `GroupAggregate`.',
      mend: 'Group by both columns of the window, and by whatever else the result has one row for.',
    },
  },
  OTHER_WINDOW: {
    title: 'The windows are not those of the task',
    explanation: 'Rows came for windows that the task does not have: of a different length, or at a different place.',
    page: {
      happens: 'There are more rows than expected, or fewer, and their `window_start` or `window_end` have different times.',
      why: '`TUMBLE` cuts time into windows that touch and do not overlap. `HOP` creates overlapping ones, so each reading counts several times. `CUMULATE` creates growing ones. Windows are aligned to the epoch, not to the first reading; an offset moves them.',
      see: 'Sort the result by sensor and `window_start`, and look at the distance from one to the next.',
      mend: 'Decide how long a window is and whether two may overlap, and choose the function that does that.',
    },
  },
  OTHER_AGGREGATE: {
    title: 'The aggregate answers a different question',
    explanation: 'The windows are right, but the number in them comes from a different function or a different column.',
    page: {
      happens: 'There is a row for each window, with a plausible value that is not the one that the task requires.',
      why: '`MAX`, `MIN`, `AVG`, `SUM` and `LAST_VALUE` all give one number from many, and often nearly the same one. `COUNT(DISTINCT …)` leaves out equal values. Functions that start from zero hide values below it.',
      see: 'Take one window, list its readings from the lens, and work out the number by hand.',
      mend: 'Name the question in one word, and take the function of that name over the column that it is about.',
    },
  },
  WATERMARK_TOO_SHORT: {
    title: 'Late rows were left out',
    explanation:
      'The watermark ran ahead of the data. Windows closed before all of their rows had arrived, and Flink dropped the rows that came after.',
    page: {
      happens:
        'Counts are too low, always near the turn of a window, and nothing reports it: Flink drops a late row without an error.',
      why: 'A watermark is a promise: nothing earlier than this will come. It is the latest time seen, less the delay that you declare. If rows can arrive twenty seconds after later ones and you declare five, the promise is wrong for some of them. A row behind the watermark still counts while its window is open. A window closes once, when the watermark reaches its end minus 1 ms, and does not open again.',
      see: "Look at the chart of event time in the lens. Late rows are crosses to the left of the watermark's line: their window had already closed, so they were lost.",
      mend: 'Find out how far rows can lag behind those that arrived before them. That is the delay to declare.',
    },
  },
  WATERMARK_TOO_LONG: {
    title: 'The windows close too late',
    explanation:
      'The watermark lags further behind than the data does. The windows are complete, but their results come too late.',
    page: {
      happens: 'The job runs, rows go in, and nothing comes out; or each window comes out much later than it could.',
      why: 'The delay of a watermark is a price: every window waits that long, in event time, after its end. A delay of an hour is safe against an hour of disorder, and makes each result an hour old. A stream that has paused does not move the watermark at all: only a later row does.',
      see: 'Compare the watermark in the lens with the end of the window that you wait for, and with the latest time that has come.',
      mend: 'Choose the delay that the disorder needs, and no more.',
    },
  },
  UPDATES_INTO_APPEND_SINK: {
    title: 'A result that changes was written to a table that only appends',
    explanation: 'The query emits updates: a later row changes an earlier result. The target table can only add rows.',
    page: {
      happens: "Flink refuses the `INSERT`: `doesn't support consuming update changes which is produced by node GroupAggregate`.",
      why: 'A total per customer is never final. With each payment the old value is withdrawn and a new one takes its place: `-U`, `+U`. The `kafka` connector appends records, and a record in the format `json` cannot say that it withdraws a row. (`debezium-json` can.) A reader must be able to tell which record replaces which: by a key, and the rule that the last record of a key counts. That is what `upsert-kafka` writes.',
      see: 'Run only the `SELECT` and look at the first column of its changelog.',
      mend: 'Decide what the reader is to have: a row for each finished window, or the current state per key. For the second, the target must know its key.',
    },
  },
  PRIMARY_KEY_MISSING: {
    title: 'The table does not declare its key',
    explanation:
      'A table that is written by upserts has to declare a primary key: the columns that decide whether two records are the same row.',
    page: {
      happens: 'Flink refuses the table as soon as it is used: `requires to define a PRIMARY KEY constraint`.',
      why: 'An upsert means: insert, or replace what is stored under this key. Without a key there is nothing to replace. Flink does not check a key against the data in a topic, so you have to state that it is only declared: `NOT ENFORCED`.',
      see: '`DESCRIBE` the table and look at the column `key`.',
      mend: 'Declare the primary key over the column that the result has one row for.',
    },
  },
  OTHER_PRIMARY_KEY: {
    title: 'The key is not what the result has one row for',
    explanation:
      'The primary key is not what the result has one row for. Records then replace rows that they should not, or leave several rows for one customer, or give a row a new key each time it changes.',
    page: {
      happens:
        'The table that a reader builds has a single row, or a customer has several rows, or the row of a customer has a new key after each payment.',
      why: 'A reader keeps the last record of each key. If the key is too coarse, customers overwrite each other. If it is too fine, one customer can have several rows. If it holds something that changes, such as the total, Flink writes a tombstone under the old key and a record under the new one, and a reader may briefly see two rows or none.',
      see: 'Look at the keys of the topic in the lens: how many are there, and how many customers?',
      mend: 'The key of the target is what the query groups by, no more and no less.',
    },
  },
  WINDOW_ADDED: {
    title: 'The totals start again with each window',
    explanation: 'A window was added, so each total covers one period, not everything so far.',
    page: {
      happens: 'The totals are far too low, and the table shows only the last window of each customer.',
      why: 'A window makes a result final: it closes and is done. A running total is never final, and needs no window. It needs a target that takes updates.',
      see: 'Group the changelog by customer and look at what happens at the turn of a minute.',
      mend: 'Group only by the customer.',
    },
  },
  REFUNDS_NOT_SUBTRACTED: {
    title: 'Money that went back is counted as money that came in',
    explanation: 'The totals are too high for customers who got a refund: it was left out, or added.',
    page: {
      happens: 'Customers without refunds are right. The rest are too high by the refund, or by twice the refund.',
      why: 'A refund is a row with a positive amount and a `kind` that says which way the money went. A sum over the column by itself cannot know that.',
      see: 'Take a customer with a refund and add up the payments by hand.',
      mend: 'Give each row its sign before you sum.',
    },
  },
  STILL_IN_THE_TABLE: {
    title: 'Rows that should have left are still in the table',
    explanation:
      'Customers below the limit are in the folded table. Either they were never filtered out, or their row was changed instead of removed.',
    page: {
      happens: 'The table has more customers than the task allows, some with a small total, or with 0 or null.',
      why: 'A condition on a total is a condition on the group, and it can become false again. Flink then withdraws the row, and `upsert-kafka` writes a record with the key and a null value, a tombstone. A reader then removes the row. A row with the value 0 is still a row.',
      see: 'Look for records with a null value in the lens, and at their keys.',
      mend: 'Put the condition on the group, so that the row leaves the result when it no longer holds.',
    },
  },
} as const satisfies Record<string, Diagnosis>;
