/** Why windows are not those of the task: chosen by what the statements say, as in `explain-sql.ts`. */
import { type EndedSql, type Explanation, says } from './explain-sql.ts';

/** Returns what is known of a query whose windows do not follow the times in its rows; null where nothing is. */
export function explainClock(program: EndedSql): Explanation | null {
  if (says(program, /PROCTIME\s*\(/i))
    return { diagnosis: 'PROCESSING_TIME', question: 'Whose clock moves the time of your windows?' };
  return says(program, /METADATA\s+FROM\s+'timestamp'/i) ? { question: 'Whose clock sets the timestamp of a record?' } : null;
}

/** Returns what a report says of a row for a window that the task does not have. */
export function explainOtherWindow(program: EndedSql): Explanation {
  if (says(program, /\bVALUES\b/i))
    return { diagnosis: 'ROWS_TYPED_IN', question: 'Where do the rows that your INSERT writes come from?' };
  return explainClock(program) ?? { diagnosis: 'OTHER_WINDOW', question: 'At which times do your windows begin and end?' };
}
