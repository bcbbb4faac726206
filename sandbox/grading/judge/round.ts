import { createRandom } from '#sandbox/generators/random.ts';
import type { Grader } from '#sandbox/grading/kit/grader.ts';
import { connectKafka } from '#sandbox/services/kafka/client/connect.ts';
import { createGraderBroker } from './broker.ts';
import { createChecks } from './checks.ts';
import type { GradeRequest, Verdict } from './ipc.ts';
import { openGraderKafka, UnreadableError } from './kafka.ts';
import type { Parent } from './parent.ts';
import { createProgram } from './program.ts';

interface Surroundings {
  grader: Grader;
  parent: Parent;
  report: (verdict: Verdict) => void;
}

/**
 * Judges one round in the grader's process.
 * @throws whatever is not a finding about the program: then it is a fault of ours
 */
export async function gradeRound(request: GradeRequest, { grader, parent, report }: Surroundings): Promise<void> {
  const connect = () => connectKafka(request.login);
  await using client = connect();
  const checks = createChecks(request.checks, report);
  const kafka = openGraderKafka({ client, connect, topics: request.topics, prefix: request.prefix });
  for (const [topic, records] of Object.entries(request.records)) await kafka.produce(topic, records);
  const context = {
    round: request.round,
    kafka,
    broker: createGraderBroker({ parent, client, request }),
    program: createProgram(parent, request.files),
    inputs: request.inputs,
    later: request.later,
    random: createRandom(request.seed, 'grader'),
    check: checks.check,
  };
  try {
    await grader(context);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    checks.failTheRest(error.finding);
  }
  checks.finish();
}
