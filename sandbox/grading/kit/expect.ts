/** What graders expect of a program: each throws `CheckFailed` with what was observed, what was expected and one question. */
import type { DiagnosisName } from '#lessons/diagnoses.ts';
import { isText, show, textOf } from './decode.ts';
import { evidenceOf } from './evidence.ts';
import { type EndedProgram, endingOf, errorQuestion, wasSentASignal } from './explain-missing.ts';
import { CheckFailed, type Finding } from './finding.ts';
import type { KafkaRecord } from './kafka.ts';

/** Fails the check that is being judged. */
export function fail(finding: Omit<Finding, 'diagnosis'> & { diagnosis?: DiagnosisName | undefined }): never {
  const { diagnosis, ...rest } = finding;
  throw new CheckFailed(diagnosis === undefined ? rest : { ...rest, diagnosis });
}

/** The program ended by itself, without an error, within its time. */
export function expectEnded({ result }: Pick<EndedProgram, 'result'>): void {
  if (result.kind === 'exited' && result.exitCode === 0) return;
  const exited = result.kind === 'exited';
  fail({
    message: `${endingOf(result)}.`,
    expected: 'The program ends by itself with exit code 0 when its work is done.',
    question: exited ? errorQuestion(result) : 'What is still open when the last line has been reached?',
    diagnosis: endingDiagnosis(result),
  });
}

function endingDiagnosis(result: EndedProgram['result']): DiagnosisName | undefined {
  if (result.kind === 'exited') return wasSentASignal(result) ? undefined : 'ENDED_WITH_AN_ERROR';
  return result.kind === 'timed-out' ? 'NEVER_ENDED' : undefined;
}

/** Every record has the key that belongs to it. */
export function expectKeys(records: readonly KafkaRecord[], keyOf: (record: KafkaRecord) => string): void {
  const wrong = records.filter((record) => !isText(record.key, keyOf(record)));
  const [first] = wrong;
  if (!first) return;
  fail({
    message: `${countOf(wrong, records)} another key: the first is ${first.key === null ? 'none at all' : `"${show(textOf(first.key))}"`}.`,
    expected: `The key "${keyOf(first)}" there.`,
    question: 'Which field of a message does Kafka take for the key?',
    diagnosis: 'WRONG_KEY',
    evidence: wrong.map((record) => evidenceOf(record, { observed: textOf(record.key), expected: keyOf(record) })),
  });
}

/** Every record has one header of that name, with that text. */
export function expectHeader(records: readonly KafkaRecord[], name: string, text: string): void {
  const of = ({ headers }: KafkaRecord) => headers.filter(([header]) => header === name).map(([, value]) => value);
  const isRight = ([value = null, ...others]: readonly (Buffer | null)[]) => isText(value, text) && others.length === 0;
  const wrong = records.filter((record) => !isRight(of(record)));
  const [first] = wrong;
  if (!first) return;
  const found = first.headers.map(([header, value]) => `${header} = ${textOf(value)}`).join(', ');
  fail({
    message: `${countOf(wrong, records)} no header ${name} = ${text}: the first has ${found || 'no header'}.`,
    expected: `One header ${name} with the value ${text} on each record.`,
    question: 'Where does a message carry what is about it and not in it?',
    diagnosis: 'MISSING_HEADER',
    evidence: wrong.map((record) =>
      evidenceOf(record, { observed: of(record).map(textOf).join(', ') || 'no header', expected: `${name} = ${text}` }),
    ),
  });
}

function countOf(wrong: readonly unknown[], all: readonly unknown[]): string {
  return wrong.length === 1 ? `1 of ${all.length} records has` : `${wrong.length} of ${all.length} records have`;
}
