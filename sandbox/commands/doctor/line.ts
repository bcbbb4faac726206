/** One thing that Streamwright needs of this machine, and its state. */
export interface DoctorLine {
  what: string;
  /** `missing` stops Streamwright; `weak` does not, but some protection or feature is reduced. */
  status: 'ok' | 'weak' | 'missing';
  found: string;
  /** The command or step that fixes it. */
  mend?: string;
}
