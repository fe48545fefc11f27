export type JsonResult = { ok: true; value: unknown } | { ok: false; line: number; column: number };

/** The parser's complaint about a text, or null where it has none. */
function complaint(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether a text could still become JSON by writing on: the parser only misses what comes next. */
function couldGoOn(text: string): boolean {
  const message = complaint(text);
  if (message === null || /end of JSON input|Unterminated string/.test(message)) return true;
  return Number(/at position (\d+)/.exec(message)?.[1] ?? -1) === text.length;
}

/**
 * Reads JSON; a byte order mark is skipped. Where it is broken, says at which line and column
 * (from 1): the end of the longest beginning that could still become JSON.
 */
export function readJson(source: string): JsonResult {
  const text = source.replace(/^\uFEFF/, '');
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    let [sound, broken] = [0, text.length + 1];
    while (broken - sound > 1) {
      const middle = Math.floor((sound + broken) / 2);
      if (couldGoOn(text.slice(0, middle))) sound = middle;
      else broken = middle;
    }
    const before = text.slice(0, sound).split('\n');
    return { ok: false, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  }
}
