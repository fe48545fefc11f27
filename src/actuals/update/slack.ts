/** The one form of deals, pipeline and leads, and the tap that says that nothing has changed. */
import type { Context } from '../../context.ts';
import { updateOpen, updateSame } from '../ids.ts';
import { screenFor } from '../plan-for.ts';
import { judgedOf, updateFigures } from './figures.ts';
import { recordSame, recordUpdate } from './record-update.ts';
import { updateForm } from './view.ts';

export function listenToUpdates(context: Context): void {
  const { on, db } = context;

  on.click(updateOpen, ({ actor, value: { rep, date }, showOver }) =>
    showOver(async () => {
      const { plan, reader } = await screenFor(context, actor, rep, 'won', date);
      const figures = await updateFigures(db, plan, date);
      const { layers, isLeadsJudged, pipeline } = figures;
      const style = { ...reader, layers, isLeadsJudged };
      return updateForm.view({
        about: { rep, date },
        style,
        raw: updateForm.write({ ...pipeline?.layers }, style),
        rev: 'new',
        figures,
      });
    }),
  );

  on.act(updateSame, ({ actor, value }) => recordSame(context, actor, value));

  on.submit(updateForm, async ({ actor, id, about, read }) => {
    const { plan, reader } = await screenFor(context, actor, about.rep, 'won', about.date);
    const { layers, promised } = judgedOf(plan);
    const entry = read({ ...reader, layers, isLeadsJudged: promised !== null });
    await recordUpdate(context, actor, about, { id, ...entry });
  });
}
