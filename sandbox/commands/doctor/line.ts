/** One thing that Streamwright needs of this machine, and how it was found. */
export interface DoctorLine {
  what: string;
  /** `missing` stops Streamwright; `weak` does not, but something is less good or left out. */
  status: 'ok' | 'weak' | 'missing';
  found: string;
  /** The command or step that fixes it. */
  mend?: string;
}
