import type { AnyBlock, ConfirmationDialog } from '@slack/types';
import { useRef, useState } from 'react';
import type { ActionSource, ElementState, StateValues } from '../../protocol.ts';
import { placedElements, valueCarried } from '../../view-state.ts';
import { useSurroundings } from '../workspace.tsx';
import { type BlockScope, BlockScopeProvider } from './block-context.tsx';
import type { SetValue } from './block-values.ts';
import { BlockView } from './block-view.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

interface Asking {
  dialog: ConfirmationDialog;
  answer(confirmed: boolean): void;
}

/** A message's, modal's or Home tab's blocks, ready to be used. */
export function BlockList(props: {
  blocks: readonly AnyBlock[];
  source: ActionSource;
  values: StateValues;
  setValue: SetValue;
  errors?: Record<string, string>;
}) {
  const { blocks, source, values, setValue, errors = {} } = props;
  const { does, report } = useSurroundings();
  const [asking, setAsking] = useState<Asking>();
  const latest = useRef(values);
  latest.current = values;

  const confirmed = (dialog: ConfirmationDialog) =>
    new Promise<boolean>((resolve) => {
      setAsking({
        dialog,
        answer(yes) {
          setAsking(undefined);
          resolve(yes);
        },
      });
    });

  const act: BlockScope['act'] = async (blockId, element, state) => {
    const { action_id: actionId = '', confirm } = element;
    if (isConfirm(confirm) && !(await confirmed(confirm))) return false;
    const all = withState(latest.current, blockId, actionId, state);
    const action = { ...state, block_id: blockId, action_id: actionId };
    report(await does.act(source, action, all));
    return true;
  };

  return (
    <BlockScopeProvider value={{ source, values, setValue, errors, act }}>
      <div className="blocks">
        {withKeys(blocks).map(([key, block]) => (
          <BlockView key={key} block={block} />
        ))}
      </div>
      {asking && <ConfirmDialog dialog={asking.dialog} onAnswer={asking.answer} />}
    </BlockScopeProvider>
  );
}

/**
 * A field is told by its block's id, anything else by what can be pressed there: an update names blocks anew, and a
 * button keeps its focus, and a press that has begun, where it stays.
 */
function withKeys(blocks: readonly AnyBlock[]): [string, AnyBlock][] {
  const seen = new Map<string, number>();
  return blocks.map((block) => {
    const [first] = placedElements([block]);
    const what =
      block.type === 'input'
        ? `${block.block_id}`
        : `${block.type} ${first?.element.action_id} ${first && valueCarried(first.element)}`;
    const before = seen.get(what) ?? 0;
    seen.set(what, before + 1);
    return [`${what} ${before}`, block];
  });
}

/** The values with the one that is being acted on; buttons and overflow menus hold none. */
function withState(
  values: StateValues,
  blockId: string,
  actionId: string,
  state: ElementState,
): StateValues {
  if (!values[blockId]?.[actionId]) return values;
  return { ...values, [blockId]: { ...values[blockId], [actionId]: state } };
}

function isConfirm(value: unknown): value is ConfirmationDialog {
  return typeof value === 'object' && value !== null && 'text' in value;
}
