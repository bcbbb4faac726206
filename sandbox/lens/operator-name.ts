/** Names Flink's operators in few words, as the lens shows them. */

const NAMES: Readonly<Record<string, string>> = {
  TableSourceScan: 'Source',
  DataStreamScan: 'Source',
  Writer: 'Sink',
  Collect: 'Result',
  LocalWindowAggregate: 'Local window',
  GlobalWindowAggregate: 'Global window',
  WindowAggregate: 'Window',
  GroupWindowAggregate: 'Window',
  WindowTableFunction: 'Assign window',
  WindowDeduplicate: 'Window distinct',
  GroupAggregate: 'Group',
  LocalGroupAggregate: 'Local group',
  GlobalGroupAggregate: 'Global group',
  IncrementalGroupAggregate: 'Inner group',
  OverAggregate: 'Over',
  ChangelogNormalize: 'Normalize',
  Deduplicate: 'Distinct',
  Rank: 'Top rows',
  WindowRank: 'Top of window',
  SortLimit: 'Top rows',
  TemporalSort: 'Sort by time',
  WatermarkAssigner: 'Watermark',
  MiniBatchAssigner: 'Batch',
  SinkMaterializer: 'Sink order',
  DropUpdateBefore: 'Drop −U',
  Match: 'Pattern',
  Correlate: 'Table function',
};

/** @param type as in Flink's plan: `LocalWindowAggregate`; an unknown one comes back in words: `Interval join` */
export function operatorName(type: string): string {
  const known = NAMES[type];
  if (known !== undefined) return known;
  const words = type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
