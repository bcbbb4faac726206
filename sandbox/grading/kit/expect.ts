/** What graders expect of a program: each throws `CheckFailed` with what was observed, what was expected and one question. */
import { counted } from '#lessons/counted.ts';
import type { DiagnosisName } from '#lessons/diagnoses.ts';
import { isText, show, textOf } from './decode.ts';
import { evidenceOf } from './evidence.ts';
import { type EndedProgram, endingOf, explainError } from './explain-missing.ts';
import { CheckFailed, type Finding } from './finding.ts';
import type { KafkaRecord } from './kafka.ts';

/** Fails the check that is being judged. */
export function fail(finding: Omit<Finding, 'diagnosis'> & { diagnosis?: DiagnosisName | undefined }): never {
  const { diagnosis, ...rest } = finding;
  throw new CheckFailed(diagnosis === undefined ? rest : { ...rest, diagnosis });
}

/** The program ended by itself, without an error, within its time. */
export function expectEnded(program: EndedProgram): void {
  const { result } = program;
  if (result.kind === 'exited' && result.exitCode === 0) return;
  fail({
    message: `${endingOf(result)}.`,
    expected: 'The program ends by itself with exit code 0 when its work is done.',
    ...explainEnding(program),
  });
}

function explainEnding(program: EndedProgram): { question: string; diagnosis?: DiagnosisName | undefined } {
  const { result } = program;
  if (result.kind === 'exited') return explainError(program);
  if (result.kind === 'timed-out')
    return { question: 'What keeps the program going when its work is done?', diagnosis: 'NEVER_ENDED' };
  return { question: '' };
}

/** Every record has the key that belongs to it. */
export function expectKeys(records: readonly KafkaRecord[], keyOf: (record: KafkaRecord) => string): void {
  const wrong = records.filter((record) => !isText(record.key, keyOf(record)));
  const [first] = wrong;
  if (!first) return;
  fail({
    message: `${countOf(wrong, records)} another key: the first is ${first.key === null ? 'none at all' : `"${show(textOf(first.key))}"`}.`,
    expected: `The key "${keyOf(first)}" there.`,
    question:
      first.key === null
        ? 'Which field of a message does Kafka take for the key?'
        : 'How do the bytes of the key differ from what the task names?',
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
    message: `${countOf(wrong, records)} no header ${name} = ${text}: the first has ${found || 'none'}.`,
    expected: `One header ${name} with the value ${text} on each record.`,
    question: first.headers.some(([header]) => header.toLowerCase() === name.toLowerCase())
      ? 'How does the header differ from the one that the task names?'
      : 'Where does a message carry what is about it and not in it?',
    diagnosis: 'MISSING_HEADER',
    evidence: wrong.map((record) =>
      evidenceOf(record, { observed: of(record).map(textOf).join(', ') || 'no header', expected: `${name} = ${text}` }),
    ),
  });
}

function countOf(wrong: readonly unknown[], all: readonly unknown[]): string {
  return `${wrong.length} of ${counted(all.length, 'record')} ${wrong.length === 1 ? 'has' : 'have'}`;
}
