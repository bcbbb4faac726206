/** Turns a line of Flink's plan into the few words shown under an operator. */

const MAX_DETAIL = 80;

/**
 * @param type `GroupAggregate`
 * @param parameters what follows it: `(groupBy=[zone], select=[zone, COUNT(*) AS n])`
 */
export function operatorDetail(type: string, parameters: string): { name: string; detail: string } {
  const read = (name: string) => parameterOf(parameters, name);
  if (type.endsWith('Scan')) {
    const table = /table=\[\[[^,\]]+, [^,\]]+, ([^,\]]+)/.exec(parameters)?.[1];
    return { name: table ? `Source ${table}` : 'Source', detail: '' };
  }
  if (type === 'Sink') {
    const table = /table=\[(?:[^,\]]+\.)?([^.,\]]+)\]/.exec(parameters)?.[1];
    return { name: table ? `Sink ${table}` : 'Sink', detail: '' };
  }
  return { name: type, detail: short(detailOf(type, read) || parameters.replace(/^\((.*)\)$/s, '$1')) };
}

function detailOf(type: string, read: (name: string) => string): string {
  const by = read('groupBy') || read('partitionBy');
  const byWords = by ? `by ${by}` : '';
  if (type === 'Calc') return joined(' where ', read('select'), read('where'));
  if (/Window.*Aggregate$/.test(type)) return joined(', ', windowWords(read('window')), byWords);
  if (/Aggregate$/.test(type)) return joined(' ', functionsOf(read('select'), by), byWords);
  if (/Join$/.test(type)) return joined(' on ', read('joinType').replace(/Join$/, ' join').toLowerCase(), read('where'));
  if (type === 'WatermarkAssigner') return read('watermark');
  if (type === 'ChangelogNormalize') return joined(' ', 'by', read('key'));
  if (/(Rank|Limit)$/.test(type)) return joined(', ', byWords, read('orderBy'));
  if (type === 'Deduplicate') return joined(' by ', read('keep'), read('key'));
  return '';
}

/** Turns `TUMBLE(time_col=[began_at], size=[1 min])` into `TUMBLE 1 min`. */
function windowWords(window: string): string {
  const kind = /^\w+/.exec(window)?.[0] ?? '';
  const lengths = [...window.matchAll(/(?:size|slide|step|gap|max_size|maxSize)=\[([^\]]+)\]/g)].map(([, length]) => length);
  return [kind, ...lengths].join(' ');
}

/** Returns the computed columns, without those grouped by. */
function functionsOf(select: string, groupBy: string): string {
  const grouped = new Set(groupBy.split(', '));
  return select
    .split(', ')
    .filter((one) => !grouped.has(one))
    .map((one) => one.replace(/ AS (EXPR)?\$\w+$/, ''))
    .join(', ');
}

/** Returns the text between the brackets of `name=[…]`, which may itself contain brackets. */
function parameterOf(parameters: string, name: string): string {
  const start = new RegExp(`[(, ]${name}=\\[`).exec(parameters);
  if (!start) return '';
  const from = start.index + start[0].length;
  let depth = 1;
  let end = from;
  while (end < parameters.length && depth > 0) {
    if (parameters[end] === '[') depth += 1;
    if (parameters[end] === ']') depth -= 1;
    end += 1;
  }
  return parameters.slice(from, end - 1);
}

function joined(between: string, ...parts: string[]): string {
  return parts.filter((part) => part !== '').join(between);
}

function short(text: string): string {
  return text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL - 1)}…` : text;
}
