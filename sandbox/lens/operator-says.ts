/** Says in one sentence what an operator of Flink's plan does to rows, and what it keeps. */
import { functionsOf, parameterOf, partsOf, tableOf } from './plan-text.ts';
import { windowNoun } from './window-words.ts';

const MAX_LETTERS = 260;

/**
 * @param type `GroupAggregate`
 * @param parameters what follows it: `(groupBy=[zone], select=[zone, COUNT(*) AS n])`
 * @returns `Counts rows per zone; keeps one row of state per zone.`; empty where nothing plain can be said
 */
export function operatorSays(type: string, parameters: string): string {
  const says = sentence(type, { text: parameters, read: (name) => parameterOf(parameters, name) });
  return says.length > MAX_LETTERS ? `${says.slice(0, MAX_LETTERS - 1)}…` : says;
}

interface Parameters {
  text: string;
  read: (name: string) => string;
}

function sentence(type: string, { text, read }: Parameters): string {
  const by = partsOf(read('groupBy') || read('partitionBy')).filter((part) => part !== '');
  if (type.endsWith('Scan')) return sourceSays(tableOf(type, text), read('watermark'));
  if (type === 'Sink') return sinkSays(tableOf(type, text));
  switch (type) {
    case 'Calc':
      return calcSays(read('select'), read('where'));
    case 'WatermarkAssigner':
      return `Lets its watermark follow ${delayed(read('watermark'))}; keeps the newest time only.`;
    case 'LocalWindowAggregate':
    case 'LocalGroupAggregate': {
      const groups = listed([...by, ...windowsOf(type, read('window'))]);
      return `${verbs(functionsOf(read('select'), read('groupBy')))}${groups && ` per ${groups}`} ahead, so that fewer rows travel on; keeps them in memory until the watermark moves on.`;
    }
    case 'GlobalWindowAggregate':
      return `Puts together what the local windows computed${per(by, read('window'))}; ${windowKeeps(by)}`;
    case 'WindowAggregate':
    case 'GroupWindowAggregate':
      return `${verbs(functionsOf(read('select'), read('groupBy')))}${per(by, read('window'))}; ${windowKeeps(by)}`;
    case 'GlobalGroupAggregate':
      return `Puts together what the local groups computed${per(by, '')}; ${groupKeeps(by)}`;
    case 'GroupAggregate':
      return `${verbs(functionsOf(read('select'), read('groupBy')))}${per(by, '')}; ${groupKeeps(by)}`;
    case 'OverAggregate':
      return `Gives each row what was computed of the rows up to it${per(by, '')}; keeps the rows that later ones need.`;
    case 'ChangelogNormalize':
      return `Compares each change with the last row of its ${listed(partsOf(read('key')))}, so that it says which row it replaces; keeps that row.`;
    case 'Deduplicate':
      return `Lets the ${/first/i.test(read('keep')) ? 'first' : 'last'} row of each ${listed(partsOf(read('key')))} pass; keeps one row for each.`;
    case 'Rank':
    case 'WindowRank':
      return `Ranks rows${read('orderBy') && ` by ${read('orderBy')}`}${per(by, read('window'))} and lets the first ones pass; keeps the rows that may still be among them.`;
    case 'Join':
      return `Joins rows of both inputs${where(read)}; keeps every row of both, for a match may come at any time.`;
    case 'IntervalJoin':
      return `Joins rows of both inputs whose times are close${where(read)}; keeps a row until the watermark says that no match can come.`;
    case 'WindowJoin':
      return `Joins rows of both inputs that are in the same window${where(read)}; keeps them until the watermark closes it.`;
    case 'TemporalJoin':
      return `Joins each row with the version that was valid at its time${where(read)}; keeps rows and versions until the watermark has passed them.`;
    case 'LookupJoin':
      return 'Looks up a row for each row that comes; keeps nothing.';
    case 'Match':
      return `Looks for the pattern in the rows${per(by, '')}, in order of their time; keeps matches that have begun.`;
    case 'WindowTableFunction':
      return `Gives each row the bounds of its ${windowNoun(read('window'))}; keeps nothing.`;
    case 'Union':
      return 'Passes on the rows of all its inputs; keeps nothing.';
    case 'DropUpdateBefore':
      return 'Leaves out the rows that an update replaces; keeps nothing.';
    case 'SinkMaterializer':
      return 'Puts changes of the same key in order before they are written; keeps the rows of each key.';
    case 'Writer':
      return sinkSays('');
    case 'Collect':
      return 'Shows each change on this page.';
    default:
      return '';
  }
}

function sourceSays(table: string, watermark: string): string {
  const reads = `Reads the records of ${table || 'its topic'} as rows`;
  return watermark ? `${reads}; its watermark follows ${delayed(watermark)}.` : `${reads}.`;
}

/** Says what a sink of this table does. */
export function sinkSays(table: string): string {
  return `Writes each change to ${table || 'its table'} as a record.`;
}

/** Turns `-(began_at, 5000:INTERVAL SECOND)` into `began_at by 5 s`. */
function delayed(watermark: string): string {
  const late = /^-\(\W?([\w.]+)\W?, (\d+):INTERVAL/.exec(watermark);
  if (late) return `${late[1]}, ${Number(late[2]) / 1_000} s behind the newest`;
  return /^\w+$/.test(watermark) ? watermark : `the event time (${watermark})`;
}

function calcSays(select: string, condition: string): string {
  const columns = partsOf(select)
    .map((one) => one.replace(/ AS [\w$]+$/, ''))
    .join(', ');
  if (condition) return `Leaves out rows unless ${condition}; passes on ${columns || 'the rest'}; keeps nothing.`;
  return `Passes on ${columns ? `${columns} of each row` : 'each row'}; keeps nothing.`;
}

const VERBS: Readonly<Record<string, string>> = {
  SUM: 'sums',
  $SUM0: 'sums',
  AVG: 'averages',
  MAX: 'finds the highest',
  MIN: 'finds the lowest',
};

/** Turns `COUNT(*)` and `MAX(celsius)` into `Counts rows, finds the highest celsius`. */
function verbs(functions: readonly string[]): string {
  const said = functions.map((one) => {
    const [, name = '', of = ''] = /^([$\w]+)\((.*)\)$/s.exec(one.replace(/ FILTER .*$/s, '')) ?? [];
    if (name === 'COUNT') return of === '*' ? 'counts rows' : `counts ${of.replace(/^DISTINCT /, 'distinct ')}`;
    const verb = VERBS[name];
    return verb ? `${verb} ${of}` : `computes ${one}`;
  });
  const text = [...new Set(said)].join(', ') || 'collects rows';
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function windowsOf(type: string, window: string): string[] {
  return type.includes('Window') ? [windowNoun(window)] : [];
}

function per(by: readonly string[], window: string): string {
  const groups = listed([...by, ...(window ? [windowNoun(window)] : [])]);
  return groups === '' ? '' : ` per ${groups}`;
}

function windowKeeps(by: readonly string[]): string {
  return `keeps one row of state per ${listed([...by, 'open window'])}, and passes it on when the watermark reaches the end of the window.`;
}

function groupKeeps(by: readonly string[]): string {
  return by.length === 0 ? 'keeps one row of state.' : `keeps one row of state per ${listed(by)}.`;
}

function where(read: Parameters['read']): string {
  const condition = read('where');
  return condition ? ` where ${condition.replace(/^\((.*)\)$/s, '$1')}` : '';
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
