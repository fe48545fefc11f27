/** What somebody wants told of what went well. */
import type { Context } from '../../context.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { recognitionOpen } from '../ids.ts';
import { recognitionsOf } from '../store.ts';
import { chooseRecognition } from './recognise.ts';
import { recognitionForm, recognitionSavedView } from './view.ts';

export function listenToRecognition(context: Context): void {
  const { on, db } = context;

  on.click(recognitionOpen, ({ actor, showOver }) =>
    showOver(async () => {
      const { workspaceId, userId, locale } = await meetPerson(context, actor);
      const known = (await recognitionsOf(db, workspaceId, [userId])).get(userId);
      const style = styleWithoutMoney(locale);
      const more = [...(known?.amounts ? ['amounts'] : []), ...(known?.handles ? ['handles'] : [])];
      const { kinds = [], channelId = null } = known ?? {};
      const raw = { kinds, channelId, more };
      return recognitionForm.view({ about: {}, style, raw, rev: '0' });
    }),
  );

  on.submit(recognitionForm, async ({ actor, read }) => {
    const { locale } = await meetPerson(context, actor);
    const chosen = read(styleWithoutMoney(locale));
    await chooseRecognition(context, actor, chosen);
    return { update: recognitionSavedView(chosen) };
  });
}
