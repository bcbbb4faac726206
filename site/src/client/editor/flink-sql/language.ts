/** Flink SQL in the editor: colours, marks for errors from Flink, completion. Loaded only by dynamic import. */

import type { SqlError } from '#sandbox/protocol/sql.ts';
import { api } from '../../api/api.ts';
import type { Exercise } from '../../exercise-store.ts';
import { createSqlCheck } from '../../sql-check.ts';
import { waitingInWords } from '../../waiting-words.ts';
import type { EditorLanguage } from '../monaco/editor-language.ts';
import type { Models } from '../monaco/models.ts';
import { monaco } from '../monaco/monaco-parts.ts';
import { completeFlinkSql } from './complete.ts';
import { markersOf } from './markers.ts';
import { flinkSqlConfiguration, flinkSqlTokens } from './tokens.ts';

const ID = 'flink-sql';

monaco.languages.register({ id: ID, extensions: ['.sql'], aliases: ['Flink SQL'] });
monaco.languages.setMonarchTokensProvider(ID, flinkSqlTokens);
monaco.languages.setLanguageConfiguration(ID, flinkSqlConfiguration);

export const flinkSqlLanguage: EditorLanguage = {
  id: ID,
  start(exercise, models) {
    monaco.languages.registerCompletionItemProvider(ID, completeFlinkSql(exercise));
    checkWhileTyping(exercise, models);
    markFailures(exercise, models);
  },
};

function checkWhileTyping(exercise: Exercise, models: Models): void {
  const { plan, drafts } = exercise;
  const [entry = ''] = plan.editable;
  const model = models.of(entry);
  const note = document.querySelector<HTMLElement>('[data-editor] .editor-note');
  const changed = createSqlCheck({
    files: drafts.files,
    ask: (files) => api.sqlCheck({ lesson: plan.lesson, files }),
    later: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    onChecked({ awaiting, errors }) {
      monaco.editor.setModelMarkers(model, 'flink-check', markersOf(errors));
      const unplaced = errors.find(({ range }) => range === null);
      if (note)
        note.textContent = awaiting ? `Errors are marked once ${waitingInWords(awaiting)} is ready` : (unplaced?.message ?? '');
    },
  });
  for (const file of plan.editable) models.of(file).onDidChangeContent(changed);
  changed();
}

/** Marks the failed statements of the last run, until the file changes or runs again. */
function markFailures(exercise: Exercise, models: Models): void {
  const files = [...exercise.plan.editable, ...exercise.plan.readOnly];
  let shown = '';
  const mark = () => {
    const { sql, runId } = exercise.get().run;
    const failed = sql.statements.filter(({ error }) => error !== null);
    const key = JSON.stringify([runId, failed.map(({ index }) => index)]);
    if (key === shown) return;
    shown = key;
    for (const file of files) {
      const errors = failed.flatMap(({ file: of, error, range }): SqlError[] =>
        of === file && error ? [{ ...error, range: error.range ?? range }] : [],
      );
      monaco.editor.setModelMarkers(models.of(file), 'flink-run', markersOf(errors));
    }
  };
  exercise.subscribe(mark);
  mark();
  for (const file of exercise.plan.editable) {
    const model = models.of(file);
    model.onDidChangeContent(() => monaco.editor.setModelMarkers(model, 'flink-run', []));
  }
}
