/** One property of a calendar as jCal (RFC 7265) has it: parameters in lower case, and its values. */
export interface Property {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** `date`, `date-time`, `period`, `recur` … */
  readonly type: string;
  readonly values: readonly unknown[];
}

/** One component of a calendar. */
export interface Component {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly components: readonly Component[];
}

/** A calendar that cannot be read; the message holds nothing of what is in it. */
export class UnreadableCalendar extends Error {
  override readonly name = 'UnreadableCalendar';
}

/** Reads what a parser answers: one jCal component, or several where the text holds several. */
export function componentsOf(jcal: unknown): readonly Component[] {
  if (!Array.isArray(jcal)) throw new UnreadableCalendar('there is no calendar in it');
  const list: readonly unknown[] = typeof jcal[0] === 'string' ? [jcal] : jcal;
  return list.map(componentOf);
}

function componentOf(value: unknown): Component {
  if (!Array.isArray(value) || typeof value[0] !== 'string') throw new UnreadableCalendar('a component has no name');
  const [name, properties, components] = value as [string, unknown, unknown];
  return {
    name: name.toLowerCase(),
    properties: Array.isArray(properties) ? properties.map(propertyOf) : [],
    components: Array.isArray(components) ? components.map(componentOf) : [],
  };
}

function propertyOf(value: unknown): Property {
  if (!Array.isArray(value) || typeof value[0] !== 'string') throw new UnreadableCalendar('a property has no name');
  const [name, parameters, type, ...values] = value as [string, unknown, unknown, ...unknown[]];
  const texts: Record<string, string> = {};
  if (typeof parameters === 'object' && parameters !== null)
    for (const [key, each] of Object.entries(parameters)) if (typeof each === 'string') texts[key] = each;
  return { name: name.toLowerCase(), parameters: texts, type: String(type), values };
}

/** All properties of a name. */
export const propertiesOf = ({ properties }: Component, name: string): readonly Property[] =>
  properties.filter((property) => property.name === name);

/** The first value of the first property of a name, if it is a text. */
export function textOf(component: Component, name: string): string | undefined {
  const value = propertiesOf(component, name)[0]?.values[0];
  return typeof value === 'string' ? value : undefined;
}
