import type {
  Button,
  Checkboxes,
  Datepicker,
  DateTimepicker,
  EmailInput,
  FileInput,
  MultiSelect,
  NumberInput,
  Overflow,
  PlainTextInput,
  RadioButtons,
  Select,
  Timepicker,
  URLInput,
} from '@slack/types';
import type { ElementState } from '../../protocol.ts';

export type TextInput = PlainTextInput | NumberInput | EmailInput | URLInput;
export type DateTime = Datepicker | Timepicker | DateTimepicker;
export type Choices = Checkboxes | RadioButtons;
export type AnySelect = Select | MultiSelect;

/** The elements that the sandbox draws itself. */
export type UsableElement =
  | Button
  | Overflow
  | TextInput
  | DateTime
  | Choices
  | AnySelect
  | FileInput;

/** How an element names and describes itself to assistive technology. */
export interface FieldIds {
  /** For elements that a `label` can point to. */
  field: string;
  label: string;
  describedBy: string | undefined;
  invalid: boolean;
}

/** What every element that holds a value gets. */
export interface FieldProps<E extends UsableElement> {
  element: E;
  state: ElementState;
  /** Set inside an input block. */
  ids: FieldIds | undefined;
  /** Holds the new value, and tells the app where it wants to know at once. */
  onChange(state: ElementState): void;
}
