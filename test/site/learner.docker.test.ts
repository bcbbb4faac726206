import { learnEveryLesson } from './learner/learned-with.ts';

learnEveryLesson('docker');
