/** What the forms of a review's answers hold. */
import { z } from 'zod';
import { CAUSES } from '../../activity/schemas.ts';
import { orNull, textField } from '../../input/schemas.ts';
import { KPIS } from '../schemas.ts';

/** The longest that each text of an answer may be. */
export const ANSWER_TEXT = 1_000;

const Words = textField({ max: ANSWER_TEXT });

/** Why a KPI was missed. `same`: the other KPIs that it explains as well. */
export const WhyForm = z.object({
  causes: z.preprocess(
    (raw) => raw ?? [],
    z.array(z.enum(CAUSES)).min(1, 'Pick at least one: several may apply.').max(CAUSES.length),
  ),
  words: Words,
  proposal: orNull(Words),
  same: z.preprocess((raw) => raw ?? [], z.array(z.enum(KPIS))),
});

/** What worked. */
export const WorkedForm = z.object({ words: Words, proposal: orNull(Words) });
