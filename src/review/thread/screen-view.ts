import type { NumberStyle } from '../../slack/format.ts';
import type { WallTime } from '../../time/zone.ts';
import type { Scorecard } from '../schemas.ts';
import type { Answer, RecoveryItem } from '../store.ts';

/** What the messages of a thread show. Nothing in it depends on the rep's own target. */
export interface ThreadScreen {
  reviewId: string;
  /** Slack's user ids. */
  repId: string;
  managerId: string | null;
  /** Measured at quota. */
  card: Scorecard;
  style: NumberStyle;
  /** When the pair meets, on each one's clocks. */
  meeting: { rep: WallTime; manager: WallTime | null } | null;
  /** When the rep was asked; null: they weren't. */
  askedOn: string | null;
  /** What the rep sent for others to read. */
  answers: readonly Answer[];
  isAnswered: boolean;
  /** The answers came after the thread was begun. */
  isLate: boolean;
  /** Items of the months before that were open when the review was. */
  carried: readonly RecoveryItem[];
  /** The rep's local date. */
  today: string;
  closed: { on: string; by: string; items: number } | null;
}
