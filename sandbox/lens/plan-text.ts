/** Reads the parameters of an operator in Flink's plan: `(groupBy=[zone], select=[zone, COUNT(*) AS n])`. */

/** Returns the text between the brackets of `name=[…]`, which may itself contain brackets; empty when there is none. */
export function parameterOf(parameters: string, name: string): string {
  const start = new RegExp(`[(, ]${name}=\\[`).exec(parameters);
  if (!start) return '';
  const from = start.index + start[0].length;
  let depth = 1;
  let end = from;
  while (end < parameters.length && depth > 0) {
    if (parameters[end] === '[') depth += 1;
    if (parameters[end] === ']') depth -= 1;
    end += 1;
  }
  return parameters.slice(from, end - 1);
}

/** Returns the table that a source or a sink names; empty when it names none. */
export function tableOf(type: string, parameters: string): string {
  const name = type.endsWith('Scan') ? /table=\[\[[^,\]]+, [^,\]]+, ([^,\]]+)/ : /table=\[(?:[^,\]]+\.)?([^.,\]]+)\]/;
  return name.exec(parameters)?.[1] ?? '';
}

/** Splits at the commas that are outside of parentheses and quotes. */
export function partsOf(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  for (const piece of list.match(/'(?:[^']|'')*'|, |[\s\S]/g) ?? []) {
    if (/^[([]/.test(piece)) depth += 1;
    if (/^[)\]]/.test(piece)) depth -= 1;
    if (parts.length === 0 || (piece === ', ' && depth === 0)) parts.push(piece === ', ' ? '' : piece);
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/** Returns the computed columns of a `select`, without those that rows are grouped by and without their names. */
export function functionsOf(select: string, groupBy: string): string[] {
  const grouped = new Set(partsOf(groupBy));
  return partsOf(select)
    .filter((one) => !grouped.has(one) && !/^\w+\('w\$\)/.test(one))
    .map((one) => one.replace(/ AS [\w$]+$/, ''));
}
