import { describe, expect, test } from 'vitest';
import { jobProblemOf, statementProblemOf } from '#sandbox/services/flink/client/problem.ts';

describe('an answer with an error status', () => {
  test("gives the gate's explanation of the error", () => {
    const json = '{"code":"invalid_sql","message":"Encountered \\"FROM\\" .","line":3,"column":1,"endLine":3,"endColumn":4}';
    expect(
      statementProblemOf({
        errors: ['Internal server error.', `<Exception:\ngate.SqlError: ${json}\n\tat gate.Gate\nCaused by: x`],
      }),
    ).toEqual({
      code: 'invalid_sql',
      message: 'Encountered "FROM" .',
      range: { line: 3, column: 1, endLine: 3, endColumn: 4 },
    });
  });

  test('has no range when the gate names none, and an unknown code becomes `failed`', () => {
    expect(statementProblemOf({ errors: ['SqlError: {"code":"news","message":"m"}'] })).toEqual({
      code: 'failed',
      message: 'm',
      range: null,
    });
  });

  test('that the gate has not seen is reduced to its innermost cause', () => {
    const trace =
      'org.a.B: outer\n\tat org.a.B.c(B.java:1)\nCaused by: org.a.NoSession: Session is gone.\n\tat org.x\n\t... 3 more';
    expect(statementProblemOf({ errors: [trace] })).toEqual({ code: 'failed', message: 'Session is gone.', range: null });
    expect(statementProblemOf('nothing of the kind').message).toBe('Flink gave no reason.');
  });
});

describe('why a job failed', () => {
  test('is its innermost cause, after the record that it is about', () => {
    const trace = [
      'org.apache.flink.runtime.JobException: Recovery is suppressed',
      '\tat org.apache.flink.A.b(A.java:1)',
      "Caused by: java.io.IOException: Failed to deserialize JSON 'no JSON'.",
      '\tat org.apache.flink.formats.json.C.d(C.java:2)',
      "Caused by: org.apache.flink.shaded.x.JsonParseException: Unrecognized token 'no': was expecting (JSON String)",
      ' at [Source: REDACTED; line: 1, column: 3]',
      '\tat org.y.Z',
      '\t... 13 more',
    ].join('\n');
    const message = "Failed to deserialize JSON 'no JSON'. Unrecognized token 'no': was expecting (JSON String)";
    expect(jobProblemOf(trace)).toEqual({ code: 'failed', message, range: null });
  });

  test.each([
    ['Caused by: org.apache.kafka.UnknownTopicOrPartitionException: x', 'unknown_topic'],
    ['Caused by: x.TimeoutException: Topic u7.1.big not present in metadata after 10000 ms.', 'unknown_topic'],
    ['Caused by: java.lang.OutOfMemoryError: Java heap space', 'out_of_memory'],
  ])('%s', (trace, code) => expect(jobProblemOf(trace).code).toBe(code));
});
