import { useRef, useState } from 'react';
import { useSurroundings } from '../workspace.tsx';
import { useBlockScope } from './block-context.tsx';
import type { AnySelect, FieldProps } from './elements.ts';
import { Picker } from './picker.tsx';
import { heldItems, type Item, offeredItems, optionItem, stateOf } from './select-items.ts';

/** A menu of any kind: what it offers, what it holds, and the picker that shows both. */
export function SelectView(props: FieldProps<AnySelect> & { blockId: string }) {
  const { element, state, ids, onChange, blockId } = props;
  const { type } = element;
  const workspace = useSurroundings();
  const suggestions = useSuggestions(blockId, element);
  const isExternal = type === 'external_select' || type === 'multi_external_select';
  const offered = isExternal ? suggestions.items : offeredItems(element, workspace);
  const isMany = type.startsWith('multi_');
  return (
    <Picker
      items={offered}
      held={heldItems(type, state, offered)}
      isMany={isMany}
      most={'max_selected_items' in element ? element.max_selected_items : undefined}
      ids={ids}
      placeholder={element.placeholder?.text ?? (isMany ? 'Select options' : 'Select an option')}
      focusOnLoad={element.focus_on_load === true}
      onSearch={isExternal ? suggestions.search : undefined}
      onChange={(items) => onChange(stateOf(type, items))}
    />
  );
}

/** Options that the app supplies for what was typed. */
function useSuggestions(blockId: string, element: AnySelect) {
  const { does } = useSurroundings();
  const { source } = useBlockScope();
  const [items, setItems] = useState<Item[]>([]);
  const asked = useRef(0);
  const least = 'min_query_length' in element ? (element.min_query_length ?? 3) : 3;
  const search = async (value: string) => {
    const turn = ++asked.current;
    if (value.length < least) return setItems([]);
    const place = { block_id: blockId, action_id: element.action_id ?? '', value };
    const options = await does.suggest(source, place);
    if (turn === asked.current) setItems(options.map((option) => optionItem(option)));
  };
  return { items, search };
}
