import { z } from 'zod';
import { noAnswer } from './http.ts';
import { logicalTypeSchema, sqlTypeOf } from './type.ts';

/** A part of a result. Values are text as SQL writes them, null is null. */
export interface ResultPage {
  /** `not-ready` until the statement has a result; nothing follows `end`. */
  state: 'not-ready' | 'payload' | 'end';
  columns: { name: string; type: string }[];
  rows: { op: '+I' | '-U' | '+U' | '-D'; values: (string | null)[] }[];
  /** Flink's id of the statement's job. */
  jobId: string | null;
  isQuery: boolean;
  /** False for a statement that only reports `OK`. */
  hasContent: boolean;
  nextToken: number;
}

const OPS = { INSERT: '+I', UPDATE_BEFORE: '-U', UPDATE_AFTER: '+U', DELETE: '-D' } as const;
/** Flink: PrintStyle.NULL_VALUE. In a nullable column, a text of exactly these characters looks the same. */
const NULL = '<NULL>';

const notReadySchema = z.looseObject({ resultType: z.literal('NOT_READY'), nextResultUri: z.string() });
const pageSchema = z.looseObject({
  resultType: z.enum(['PAYLOAD', 'EOS']),
  isQueryResult: z.boolean().nullish(),
  jobID: z.string().nullish(),
  resultKind: z.string().nullish(),
  nextResultUri: z.string().nullish(),
  results: z.looseObject({
    columns: z.array(z.looseObject({ name: z.string(), logicalType: logicalTypeSchema })),
    data: z.array(
      z.looseObject({
        kind: z.enum(['INSERT', 'UPDATE_BEFORE', 'UPDATE_AFTER', 'DELETE']),
        fields: z.array(z.string().nullable()),
      }),
    ),
  }),
});
const answerSchema = z.union([notReadySchema, pageSchema]);

/** Parses a part of a result. @throws PlatformError SERVICE_NOT_READY when `body` is not one */
export function resultPageOf(body: unknown): ResultPage {
  const parsed = answerSchema.safeParse(body);
  if (!parsed.success) throw noAnswer(new Error('its result has an unknown format', { cause: parsed.error }));
  const { data } = parsed;
  if (data.resultType === 'NOT_READY') {
    return {
      state: 'not-ready',
      columns: [],
      rows: [],
      jobId: null,
      isQuery: false,
      hasContent: false,
      nextToken: tokenOf(data.nextResultUri),
    };
  }
  const { columns } = data.results;
  return {
    state: data.resultType === 'EOS' ? 'end' : 'payload',
    columns: columns.map(({ name, logicalType }) => ({ name, type: sqlTypeOf(logicalType) })),
    rows: data.results.data.map(({ kind, fields }) => ({
      op: OPS[kind],
      values: fields.map((field, column) => (field === NULL && columns[column]?.logicalType.nullable !== false ? null : field)),
    })),
    jobId: data.jobID ?? null,
    isQuery: data.isQueryResult ?? false,
    hasContent: data.resultKind === 'SUCCESS_WITH_CONTENT',
    nextToken: data.nextResultUri ? tokenOf(data.nextResultUri) : 0,
  };
}

function tokenOf(uri: string): number {
  const [, token] = /\/result\/(\d+)/.exec(uri) ?? [];
  if (token === undefined) throw noAnswer(new Error(`no token in ${uri}`));
  return Number(token);
}
