import type { Diagnosis } from './diagnosis.ts';

/** Mistakes with consumers, their groups and the offsets that these commit. */
export const groupDiagnoses = {
  NOT_FROM_THE_BEGINNING: {
    title: 'The reader began at the end',
    explanation:
      'Only records that arrived after the consumer had joined were read. A group that has committed nothing begins at the end of the log, unless you ask for its beginning.',
    page: {
      happens: 'The program works while records arrive, and whatever was in the topic before it started is missing.',
      why: 'Subscribing names a topic, not a place in it. A consumer continues at the offset that its group has committed. A new group has committed nothing, so a setting decides: in kafkajs `fromBeginning`, in the Java client `auto.offset.reset`. Both begin at the end by default. The setting counts only where nothing is committed: a group that has committed continues there, whatever the setting says.',
      see: 'The lens shows how far the topic goes, and the program can print the offset of the first record that it gets. Compare that offset with 0.',
      mend: 'Find the option that says where a group without a commit begins, and check which call takes it: kafkajs ignores options that a call does not know.',
    },
  },
  STOPPED_BEFORE_THE_END: {
    title: 'The reader stopped before the end',
    explanation: 'The program ended by itself while records were still missing. What it took for the end was not the end.',
    page: {
      happens: 'The copies are right as far as they go, and then they stop: a different number of them each time.',
      why: 'A log has an end offset, but that is only the place of the next record. It moves whenever a producer appends, so an end offset that was asked for a moment ago, the high watermark of a batch, or a count that was true for a sample, says how far the log had come, not that it is complete. Whether more will come is known only to whoever writes, so it has to be in the data.',
      see: 'Print the offset at which the program stops, and compare it with the end offset that the lens shows a few seconds later.',
      mend: 'Ask of each record whether it is the one that ends the reading, and stop only after the work for that record is done.',
    },
  },
  ENDED_BY_THE_CLOCK: {
    title: 'Silence was taken for the end',
    explanation:
      'The program ended after a time, or after a pause in the topic. A pause does not say that nothing more will come.',
    page: {
      happens:
        'The program is right as long as records arrive without a pause. When the producer waits longer than the program, the last ones are missing.',
      why: 'A consumer cannot tell a topic that is complete from one whose producer is slow, restarts, or has nothing to say at night. Every fixed time is too short on some day, and too long on all the rest. Batch jobs that read a stream are often cut off like this, and lose a little each day without an error.',
      see: 'Make the time longer and look at the result: the same program gives a different one.',
      mend: 'Let a record tell when to stop, not a timer.',
    },
  },
  LEFT_A_MEMBER: {
    title: 'The group still counts on a member that has gone',
    explanation:
      'The process has ended without leaving its group. The broker keeps its partitions for it until its session times out.',
    page: {
      happens:
        'The output is right, and for some seconds the group has a member that no longer exists. The next program of the group waits that long before it gets a record.',
      why: "A member leaves in one of two ways: it says so, or it sends no heartbeat until the session timeout has passed, 30 seconds by kafkajs's default and 45 by Java's. `process.exit` and SIGKILL end a process without a word. Until the timeout, its partitions are assigned to nobody who reads them.",
      see: 'Look at the group in the lens right after the program has ended: it still has an owner.',
      mend: 'Disconnect the consumer and wait for that before the process ends, also when something goes wrong on the way.',
    },
  },
} as const satisfies Record<string, Diagnosis>;
