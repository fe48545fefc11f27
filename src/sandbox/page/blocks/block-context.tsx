import { createContext, useContext } from 'react';
import type { ActionSource, ElementState, StateValues } from '../../protocol.ts';
import type { SetValue } from './block-values.ts';

/** What the elements inside some blocks share. */
export interface BlockScope {
  source: ActionSource;
  values: StateValues;
  setValue: SetValue;
  errors: Record<string, string>;
  /**
   * Tells the app that an element was used; asks first where the element wants that.
   *
   * @returns whether the app was told: false where the person thought better of it.
   */
  act(blockId: string, element: ActingElement, state: ElementState): Promise<boolean>;
}

/** What an action needs to know of its element. */
export interface ActingElement {
  type: string;
  action_id?: string | undefined;
  confirm?: unknown;
}

const Context = createContext<BlockScope | undefined>(undefined);
export const BlockScopeProvider = Context.Provider;

export function useBlockScope(): BlockScope {
  const scope = useContext(Context);
  if (!scope) throw new Error('An element needs blocks around it.');
  return scope;
}
