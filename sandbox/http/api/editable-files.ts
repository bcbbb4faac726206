import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { PlatformError } from '#sandbox/errors.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';

/** @throws PlatformError UNKNOWN_FILE when a file is not one that the learner may edit in this exercise */
export function checkEditable({ lesson, spec }: Exercise, files: Files): void {
  const unknown = Object.keys(files).find((name) => !spec.files.includes(name));
  if (unknown === undefined) return;
  throw new PlatformError('UNKNOWN_FILE', {
    message: `${unknown} is not an editable file of ${lesson}.`,
    hint: `Send only ${spec.files.join(', ')}.`,
  });
}
