import { type Report, reportSchema } from '#sandbox/protocol/report.ts';

/** The report of a stored row, whichever version of the server wrote it. */
export function readStoredReport(json: string): Report {
  return reportSchema.parse(JSON.parse(json, nameTheKind));
}

/** Evidence that was stored before it had kinds is that of a record. */
function nameTheKind(key: string, value: unknown): unknown {
  if (key !== 'evidence' || !Array.isArray(value)) return value;
  return value.map((one: object) => ({ kind: 'record', ...one }));
}
