import type { SqlRange } from '#sandbox/protocol/sql.ts';

/** The view of the files: the plain field from the first paint on, Monaco once it has loaded. */
export interface EditorView {
  /** Opens a file. */
  open: (file: OpenFile) => void;
  /** Changes the text of the open file, leaving caret and scroll in place where the text around them is unchanged. */
  replace: (text: string) => void;
  /** Selects a range of the open file, scrolls to it and takes the focus. */
  reveal: (range: SqlRange) => void;
  /** Marks the line of the open file on which the last run failed, in place of an earlier mark; null removes it. */
  mark: (fault: { line: number; message: string } | null) => void;
}

export interface OpenFile {
  name: string;
  text: string;
  readOnly: boolean;
}
