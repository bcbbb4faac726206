import { groupDiagnoses } from './diagnoses-groups.ts';
import { logDiagnoses } from './diagnoses-log.ts';
import { sqlDiagnoses } from './diagnoses-sql.ts';
import type { Diagnosis } from './diagnosis.ts';

export type { Diagnosis } from './diagnosis.ts';

/** Every named mistake of the course. */
export const diagnoses = { ...logDiagnoses, ...groupDiagnoses, ...sqlDiagnoses } as const satisfies Record<string, Diagnosis>;

export type DiagnosisName = keyof typeof diagnoses;
