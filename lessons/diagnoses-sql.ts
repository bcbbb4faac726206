import type { Diagnosis } from './diagnosis.ts';

/** Mistakes with Flink SQL. */
export const sqlDiagnoses = {
  SQL_REFUSED: {
    title: 'A statement was refused',
    explanation: 'Flink could not run one of the statements, so the ones after it did not run either. Its message says why.',
    page: {
      happens:
        'The run stops at a statement. The editor marks the place where Flink names one, and the output shows its message.',
      why: 'Flink reads a statement in three steps. It parses the text, then it looks up each table, column and function, then it plans how to run it. Each step has its own kind of message: `Encountered "…"` is about the text, `not found` about a name, `doesn’t support` about the plan. A topic that does not exist shows only when the job starts to read.',
      see: 'Read the first line of the message and go to the line that it names. Look at the line before as well: a missing comma or semicolon is reported where Flink noticed it.',
      mend: 'Change one thing and run again. `DESCRIBE orders` lists the columns of a table, `EXPLAIN` in front of a query plans it without running it.',
    },
  },
  UNKNOWN_TOPIC: {
    title: 'The table is on a topic that does not exist',
    explanation:
      'The option `topic` of a table names no topic of this exercise. Nothing can be read from there, and a job that writes there waits in vain.',
    page: {
      happens: 'The job runs and writes nothing, until its time is up; or it fails with `unknown topic`.',
      why: 'The name of a table and the name of a topic are two things: the table `big_orders` is on the topic `big-orders`. Flink does not look at the topic when the table is created. A source finds out when it begins to read; a sink asks the broker for the topic again and again, for it might be made in a moment.',
      see: 'The lens lists the topics of the exercise by their names.',
      mend: 'Write the name as it stands there, letter by letter, and without a prefix: that is put before it for you.',
    },
  },
  NO_INSERT: {
    title: 'The rows were shown and not stored',
    explanation: 'A `SELECT` sends its rows to you. Nothing was written to the topic, for no statement writes.',
    page: {
      happens: 'The result looks right on the screen, and the topic stays empty.',
      why: 'A query on its own is a question: its rows go to whoever asked, and are gone with the session. `INSERT INTO` takes the rows of a query and hands them to a table, and a table on a topic writes each of them as a record. Flink keeps that going as a job, also when nobody looks.',
      see: 'Look at the end offsets of the topic in the lens while the query runs, and at the strip of jobs.',
      mend: 'Put the query behind an `INSERT INTO` that names the table to be filled.',
    },
  },
  LATEST_OFFSET: {
    title: 'The query began at the end of the topic',
    explanation:
      'With `latest-offset` a table holds only what is written after the query has begun. What lay there before is missing.',
    page: {
      happens:
        'Rows come as new records arrive, and none of the older ones ever shows. On a topic that nobody writes to, nothing comes at all.',
      why: 'A topic keeps what was written to it, and each reader chooses where to begin. `scan.startup.mode` is that choice: `earliest-offset` begins at the first record that is kept, `latest-offset` behind the last one, `group-offsets` where a group stopped, `timestamp` at a time. Two queries over one topic may begin at two places and see two tables.',
      see: 'Compare the number of records of the topic in the lens with the number of rows that a plain `SELECT` gives.',
      mend: 'Ask what the result must contain: all there is, or only what is new. Then say so in the options of the source table.',
    },
  },
  LIMIT_NOT_EXACT: {
    title: 'The row at the limit is on the wrong side',
    explanation: 'Everything is right but for rows whose value is exactly the limit, or one step away from it.',
    page: {
      happens: 'The sample passes. With other data a row at the very limit is missing, or one just below it is there.',
      why: '`>` and `>=` differ for one value only, and a sample rarely has it. Whole numbers tempt one to move the limit by one instead, which is right for cents today and wrong when the column becomes a decimal.',
      see: 'Ask for the rows near the limit: `WHERE total_cents BETWEEN 9990 AND 10010`.',
      mend: 'Read the sentence of the task again: does “from” or “or more” include the value that it names?',
    },
  },
  OTHER_ROWS: {
    title: 'Other rows were written than were asked for',
    explanation: 'Rows are missing that belong there, or rows are there that do not.',
    page: {
      happens: 'The topic fills, and its records are not those of the task.',
      why: 'A condition decides for each row on its own. A condition too many hides rows, one too few lets everything through, and a unit that is off by a factor of a hundred does either. A column of too small a type can fail on large values: with `ignore-parse-errors` the row then disappears without a word.',
      see: 'Run the `SELECT` without the `INSERT`, once as it is and once with the condition turned round, and look at rows of both kinds.',
      mend: 'Say in one sentence which rows belong there, and compare it with the `WHERE` word for word.',
    },
  },
  ROW_WRITTEN_TWICE: {
    title: 'A row was written more than once',
    explanation: 'The topic holds the same row two times or more. A topic keeps everything that is written to it.',
    page: {
      happens: 'Each row of the result stands in the topic twice, at two offsets.',
      why: 'Each `INSERT` is a job of its own and reads its source from its own beginning. Two of them over one source write everything twice, and so does a query that meets a row on two ways, as by `UNION ALL`. A table on a topic without a primary key is a list: it has no way to notice.',
      see: 'Count the jobs in the lens, and group the records of the topic by what they hold.',
      mend: 'Let one query write to one topic, and let each row pass through it once.',
    },
  },
  ROWS_TYPED_IN: {
    title: 'The rows were typed in, not read',
    explanation: '`VALUES` writes rows that stand in the statement. They are not those of this round.',
    page: {
      happens: 'The topic holds rows, and they are those of the sample in the editor, or rows that nobody asked for.',
      why: '`INSERT INTO … VALUES` is for trying things out: it writes the same rows whatever the source holds, and ends. When statements are checked, the source holds other data of the same kind.',
      see: 'Compare the ids in the target topic with those in the source topic in the lens.',
      mend: 'Take every row from the source table by a query, and write nothing besides.',
    },
  },
  OTHER_COLUMNS: {
    title: 'A column holds something else than was asked for',
    explanation: 'The right rows are there, and a column of theirs is missing, has another name, another type or another value.',
    page: {
      happens: 'The records look much like those of the task, and a program that reads them stumbles.',
      why: 'The names of the fields come from the columns of the target table, in its order; the query only fills them by position. So a renamed column renames the field, two swapped columns swap values, and a type decides whether a number is written as a number. `fields-include` decides whether the columns of the key stand in the value too.',
      see: 'Open one record of the topic in the lens beside the example in the task.',
      mend: 'Compare the columns of the target table with the task, and then the `SELECT` list with the columns, from left to right.',
    },
  },
  KEY_FIELDS_MISSING: {
    title: 'No column was made the key',
    explanation: 'The records have no key. Flink writes one only when the table says which columns make it and in which form.',
    page: {
      happens: 'The values are right, and the lens shows records without a key, dealt out to all partitions.',
      why: 'A table has columns and no notion of a record’s key. `key.fields` names the columns that make it, and `key.format` says how they are written as bytes. Without these, everything goes into the value, and nothing keeps the rows of one customer in one partition.',
      see: 'In the lens each record is drawn with its key written in it, or without one.',
      mend: 'Give the target table both options: which columns, and which format.',
    },
  },
  KEY_NOT_AS_ASKED: {
    title: 'The key is another, or is written in another form',
    explanation: 'The records have a key, and its bytes are not those that the task names.',
    page: {
      happens:
        'A reader that looks for a customer by the key does not find it, and the rows of one customer may lie in two partitions.',
      why: 'A key is compared byte by byte. `raw` writes a single column as its text; `json` writes an object with the column’s name, `{"customer":"Ada"}`; `csv` may add quotes. All three hold the same name and are three different keys. Who writes and who reads have to agree on one.',
      see: 'Look at the key of one record in the lens, with every brace and quote.',
      mend: 'Choose the columns and the format so that exactly the bytes of the task come out.',
    },
  },
  QUERY_ENDED: {
    title: 'The query came to an end',
    explanation: 'The statements treat the topic as something that is complete. What comes later is not seen.',
    page: {
      happens: 'The job is `FINISHED`. New records arrive in the source, and nothing follows in the target.',
      why: 'A topic has no end, only a place up to which it has been written. `scan.bounded.mode` makes an end out of that place, and batch mode needs one. Both are right for a question about the past. A pipeline has to go on: it answers for records that are not there yet.',
      see: 'Look at the state of the job in the lens while more records arrive.',
      mend: 'Leave the source without an end.',
    },
  },
  NO_EVENT_TIME: {
    title: 'The table has no event time',
    explanation:
      'A window needs a column that carries time forward. A `TIMESTAMP` column is only a value until a watermark is declared for it.',
    page: {
      happens: 'Flink refuses the query: `requires the timecol is a time attribute type`.',
      why: 'To close a window, Flink has to know that nothing earlier will come. No value in a row can say that. `WATERMARK FOR` declares which column is the time of the event, and how far a row may lag behind; from it Flink derives how far time has come, the watermark. Such a column is called a time attribute.',
      see: '`DESCRIBE` the table: a time attribute is marked with `*ROWTIME*`, and its watermark stands beside it.',
      mend: 'Declare a watermark in the source table, with the disorder that you have to expect.',
    },
  },
  PROCESSING_TIME: {
    title: 'The windows follow the wall clock',
    explanation:
      'The rows were put into windows by the moment at which Flink read them, not by the moment at which they were measured.',
    page: {
      happens: 'All readings that lie in the topic fall into one window, that of now, and a second run gives another result.',
      why: 'Processing time is the clock of the machine that happens to compute. It is cheap and needs no watermark, and it says nothing about the data: a backlog of an hour is read within a second. Event time stands in the row, so the result is the same tomorrow and on another machine.',
      see: 'Compare `window_start` with the times in the readings.',
      mend: 'Take the window over the column that says when the thing happened.',
    },
  },
  WINDOW_NOT_GROUPED: {
    title: 'The window is not what is grouped by',
    explanation:
      'A query over a window has to group by both ends of it. With one of them Flink sees a column like any other, and a result that changes with each row.',
    page: {
      happens:
        'Flink refuses the query: `doesn’t support consuming update changes which is produced by node GroupAggregate(groupBy=[… window_start …])`.',
      why: '`TUMBLE` adds the columns `window_start` and `window_end` to each row. Only a query that groups by both is planned as a window aggregate, which gives a row once, when the window has closed. Any other grouping may get another row at any time, so its results are updates, and a plain topic cannot take those.',
      see: '`EXPLAIN` the query: it says `WindowAggregate` or `GroupAggregate`.',
      mend: 'Group by both columns of the window, and by what else the result is for.',
    },
  },
  OTHER_WINDOW: {
    title: 'The windows are others than were asked for',
    explanation: 'Rows came for windows that do not exist in the task: of another length, or at another place.',
    page: {
      happens: 'There are more rows than expected, or fewer, and their `window_start` or `window_end` fall on other times.',
      why: '`TUMBLE` cuts time into windows that touch and do not overlap. `HOP` makes overlapping ones, so each reading counts several times. `CUMULATE` makes growing ones. The length counts from the epoch, not from the first reading; an offset moves it.',
      see: 'Sort the result by sensor and `window_start`, and look at the distance from one to the next.',
      mend: 'Say how long a window is and whether two may overlap, and choose the function that does that.',
    },
  },
  OTHER_AGGREGATE: {
    title: 'The aggregate answers another question',
    explanation: 'The windows are right, and the number in them is that of another function or another column.',
    page: {
      happens: 'A row is there for each window, with a plausible value that is not the one that was asked for.',
      why: '`MAX`, `MIN`, `AVG`, `SUM` and `LAST_VALUE` all give one number from many and often nearly the same one. `COUNT(DISTINCT …)` leaves out what is equal. Functions that start from zero hide values below it.',
      see: 'Take one window, list its readings from the lens, and work the number out by hand.',
      mend: 'Name the question in one word, and take the function of that name over the column that it is about.',
    },
  },
  WATERMARK_TOO_SHORT: {
    title: 'Late rows were left out',
    explanation:
      'The watermark ran ahead of the data: windows were closed before all of their rows had come, and what came then was dropped.',
    page: {
      happens:
        'Counts are too low, always near the turn of a window, and nothing says so: a late row is dropped without an error.',
      why: 'A watermark says: nothing earlier than this will come. It is derived from the latest time seen, less the delay that you declare. If rows may come twenty seconds after later ones and you declare five, the watermark is wrong for some of them. A window closes when the watermark passes its end, once, and does not open again.',
      see: 'Look at the chart of event time in the lens: a point to the right of the watermark’s line that lies in a closed window is a row that was lost.',
      mend: 'Find out how far rows can lag behind those that came before them. That is the delay to declare.',
    },
  },
  WATERMARK_TOO_LONG: {
    title: 'The windows close too late',
    explanation: 'The watermark lags further behind than the data does. Windows are complete, and nobody gets to see them.',
    page: {
      happens: 'The job runs, rows go in, and nothing comes out; or each window comes out much later than it could.',
      why: 'The delay of a watermark is a price: every window waits that long, in event time, after its end. A delay of an hour is safe against an hour of disorder and makes each result an hour old. A stream that has paused does not move the watermark at all: only a later row does.',
      see: 'Compare the watermark in the lens with the end of the window that you wait for, and with the latest time that has come.',
      mend: 'Take the delay that the disorder needs, and not more.',
    },
  },
  UPDATES_INTO_APPEND_SINK: {
    title: 'A result that changes was sent to a topic that only appends',
    explanation: 'The query gives updates: a later row changes an earlier result. The target table can only add rows.',
    page: {
      happens: 'Flink refuses the `INSERT`: `doesn’t support consuming update changes which is produced by node GroupAggregate`.',
      why: 'A total per customer is never final. With each payment the old value is withdrawn and a new one takes its place: `-U`, `+U`. The `kafka` connector writes rows, and a row that is written stays. To write changes one needs a form in which a reader can tell what replaces what: a key, and the rule that the last record of a key counts. That is what `upsert-kafka` writes.',
      see: 'Run the `SELECT` alone and look at the first column of its changelog.',
      mend: 'Decide what the reader is to have: a row for each finished window, or the current state per key. For the second, the target must know its key.',
    },
  },
  PRIMARY_KEY_MISSING: {
    title: 'The table does not say what its key is',
    explanation:
      'A table that is written by upserts has to declare a primary key: which columns decide that two rows are the same one.',
    page: {
      happens: 'Flink refuses the table as soon as it is used: `requires to define a PRIMARY KEY constraint`.',
      why: 'An upsert means: insert, or replace what is there under this key. Without a key there is nothing to replace. Flink does not check a key against the data in a topic, so it wants you to say that it is only declared: `NOT ENFORCED`.',
      see: '`DESCRIBE` the table and look at the column `key`.',
      mend: 'Declare the primary key over the column that the result has one row for.',
    },
  },
  OTHER_PRIMARY_KEY: {
    title: 'The key is not what the result has one row for',
    explanation:
      'Folded by their keys, the records do not give one row for each customer: rows replace each other that should not, or stand beside each other.',
    page: {
      happens: 'The table that a reader builds has one row in all, or a customer has several rows of which only one is current.',
      why: 'A reader keeps the last record of each key. If the key is too coarse, customers overwrite each other. If it holds something that changes, such as the total, each change makes a new key and the old row stays for ever.',
      see: 'Look at the keys of the topic in the lens: how many are there, and how many customers?',
      mend: 'The key of the target is what the query groups by, no more and no less.',
    },
  },
  WINDOW_ADDED: {
    title: 'The totals start again with each window',
    explanation: 'A window was added, so each total is that of a stretch of time and not of everything so far.',
    page: {
      happens: 'The totals are far too low, and in the table each customer shows the last window only.',
      why: 'A window makes a result final: it closes and is done. A running total is never final, and needs no window. It needs a target that takes updates.',
      see: 'Group the changelog by customer and look at what happens at the turn of a minute.',
      mend: 'Group by the customer alone.',
    },
  },
  REFUNDS_NOT_SUBTRACTED: {
    title: 'Money that went back is counted as money that came in',
    explanation: 'The totals are too high for customers who got a refund: it was left out, or added.',
    page: {
      happens: 'Customers without refunds are right. The others are too high by the refund, or by twice the refund.',
      why: 'A refund stands in the stream as a row with a positive amount and a `kind` that says which way the money went. A sum over the column alone cannot know that.',
      see: 'Take a customer with a refund and add up the payments by hand.',
      mend: 'Give each row the sign that belongs to it before it is summed.',
    },
  },
  STILL_IN_THE_TABLE: {
    title: 'Rows stand in the table that should have left it',
    explanation:
      'Customers below the limit are in the folded table: they were never filtered out, or their row was set to something else instead of being taken away.',
    page: {
      happens: 'The table has more customers than the task allows, some with a small total, or with 0 or null.',
      why: 'A condition on a total is a condition on the group, and it can turn false again: then Flink withdraws the row, and `upsert-kafka` writes a record with the key and a null value, a tombstone. A reader takes that as: gone. A row with the value 0 is a row.',
      see: 'Look for records with a null value in the lens, and whose key they have.',
      mend: 'Put the condition on the group, so that the row leaves the result when it no longer holds.',
    },
  },
} as const satisfies Record<string, Diagnosis>;
