import type { Deps } from '../../../context.ts';
import type { PersonRef } from '../../../db/store.ts';
import { UserError } from '../../../errors.ts';
import { FieldProblems } from '../../../input/problem.ts';
import { readerOf } from '../../access.ts';
import { startChange } from '../../approval/transitions.ts';
import { viewerOf } from '../../currency.ts';
import { type OpenPlan, onVersion } from '../../on-version.ts';
import { findOwnPlan } from '../../open-plan.ts';
import type { CallBlock } from '../../schemas.ts';
import { edited } from '../save-step.ts';
import { mustFit } from './change-rows.ts';
import { LISTS } from './lists.ts';

/**
 * Puts a call block into the actor's own plan: into the version that is being made, or into a new one where
 * both have signed. `id`: of the submission, which adds it once however often it comes.
 * @throws UserError where there is no plan or it is proposed; FieldProblems.
 */
export async function addCallBlock(
  deps: Deps,
  actor: PersonRef,
  { id, block }: { id: string; block: CallBlock },
): Promise<OpenPlan> {
  const plan = await findOwnPlan(deps, actor);
  if (!plan)
    throw new UserError('no_plan', 'There is no plan to put it into: `/bigplan` starts one.');
  const { version } = plan;
  const isAgreed = version.status === 'agreed';
  const { versionId } = isAgreed
    ? await startChange(deps, actor, version.id)
    : { versionId: version.id };
  return onVersion(deps, actor, versionId, async (held) => {
    const { draft } = held.version;
    const list = LISTS.callBlocks;
    if (list.ids(draft).includes(id)) return held;
    held.mustAllow('edit');
    mustFit(list, draft, 1);
    const problems = list.check(block, draft, id, viewerOf(readerOf(held), draft));
    if (problems.length > 0) throw new FieldProblems(problems);
    return edited(held, { draft: list.apply(block, draft, id), step: 'review' });
  });
}
