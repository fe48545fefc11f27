/**
 * The kinds of trouble Bigplan tells apart. Everything that is none of these is a bug: it is logged
 * with a reference id, and the person reads that id.
 */
import { randomInt } from 'node:crypto';

/** Something the person can understand and put right. `text` is shown to them as it is. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** A stable word for logs and tests, such as `stale_button`. */
  readonly code: string;
  /** Slack mrkdwn, safe to show. */
  readonly text: string;
  /** The form's field that it is about; null: none, or not known here. */
  readonly path: string | null;

  constructor(code: string, text: string, path: string | null = null) {
    super(code);
    this.code = code;
    this.text = text;
    this.path = path;
  }
}

/** What keeps Bigplan from starting, in one line for whoever started it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** At most one of each group that looks alike: 0 O, 1 I L, 5 S, 8 B, 2 Z. */
const REFERENCE_ALPHABET = '2346789ACDEFGHJKMNPQRTUVWXY';
const REFERENCE_LENGTH = 4;

/** A short id such as `7QK2`, the same for the person and for the log. */
export function referenceId(): string {
  return Array.from({ length: REFERENCE_LENGTH }, () =>
    REFERENCE_ALPHABET.charAt(randomInt(REFERENCE_ALPHABET.length)),
  ).join('');
}
