/** What a form is about, as its metadata holds it. */
import { z } from 'zod';

const FormState = z.object({
  /** Slack's user id. */
  rep: z.string(),
  /** What is changed; null: something new. */
  entry: z.string().nullable(),
  /** The message that it was opened from shows afterwards what became of it; `page`: of a list. */
  origin: z.object({ url: z.string(), page: z.number().nullable() }).nullable(),
});
export type FormState = z.infer<typeof FormState>;

export const writeFormState = (state: FormState): string => JSON.stringify(state);
export const readFormState = (metadata: string): FormState => FormState.parse(JSON.parse(metadata));
