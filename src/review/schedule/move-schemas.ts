/** What the forms about when a pair meets hold. */
import { z } from 'zod';
import { choiceField, dateField, textField, timeField } from '../../input/schemas.ts';

/** The longest reason for moving or skipping a 1:1. */
export const MOST_REASON = 300;

const reason = textField({ max: MOST_REASON });

/** Date and time on the clocks of whoever fills it in. */
export function moveFields(locale: string) {
  return z.object({ date: dateField({ locale }), time: timeField(), reason });
}

export const SkipFields = z.object({ reason });

/** The working days before a 1:1 on which the rep may be asked. */
export const PREP_DAYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const;

export const SettingsFields = z.object({ prepDays: choiceField(PREP_DAYS).transform(Number) });
