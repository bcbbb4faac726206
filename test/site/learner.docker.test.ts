import { learnWith } from './learner/learned-with.ts';
import { LESSONS } from './learner/lessons.ts';

learnWith('docker', LESSONS);
