/** Turns a line of Flink's plan into the few words shown under an operator. */
import { functionsOf, parameterOf, tableOf } from './plan-text.ts';
import { windowShort } from './window-words.ts';

const MAX_DETAIL = 80;

/**
 * @param type `GroupAggregate`
 * @param parameters what follows it: `(groupBy=[zone], select=[zone, COUNT(*) AS n])`
 */
export function operatorDetail(type: string, parameters: string): string {
  const read = (name: string) => parameterOf(parameters, name);
  if (type.endsWith('Scan') || type === 'Sink') return tableOf(type, parameters);
  return short(detailOf(type, read) || parameters.replace(/^\((.*)\)$/s, '$1'));
}

function detailOf(type: string, read: (name: string) => string): string {
  const by = read('groupBy') || read('partitionBy');
  const byWords = by ? `by ${by}` : '';
  if (type === 'Calc') return joined(' where ', read('select'), read('where'));
  if (/Window.*Aggregate$/.test(type)) return joined(', ', windowShort(read('window')), byWords);
  if (/Aggregate$/.test(type)) return joined(' ', functionsOf(read('select'), by).join(', '), byWords);
  if (/Join$/.test(type)) return joined(' on ', read('joinType').replace(/Join$/, ' join').toLowerCase(), read('where'));
  if (type === 'WatermarkAssigner') return read('watermark');
  if (type === 'ChangelogNormalize') return joined(' ', 'by', read('key'));
  if (/(Rank|Limit)$/.test(type)) return joined(', ', byWords, read('orderBy'));
  if (type === 'Deduplicate') return joined(' by ', read('keep'), read('key'));
  return '';
}

function joined(between: string, ...parts: string[]): string {
  return parts.filter((part) => part !== '').join(between);
}

function short(text: string): string {
  return text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL - 1)}…` : text;
}
