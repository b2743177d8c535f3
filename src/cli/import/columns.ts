import {
  datesCell,
  flagCell,
  hoursCell,
  listCell,
  numberCell,
  priceCell,
  textCell,
  timeOffCell,
  type CellReader,
} from './cells.ts';

/** Where a column's cell goes in the entry of its row, and how it is read. */
export interface Column {
  readonly field: string;
  readonly read: CellReader;
  /** Within the policies of the company. */
  readonly isPolicy?: boolean;
}

const text = (field: string): Column => ({ field, read: textCell });
const number = (field: string): Column => ({ field, read: numberCell });
const list = (field: string): Column => ({ field, read: listCell });
const policy = (field: string): Column => ({ field, read: numberCell, isPolicy: true });
const active: Column = { field: 'active', read: flagCell };

/** What a row of each kind can say, by the name of the column. */
export const columnsOf: Readonly<Record<string, Readonly<Record<string, Column>>>> = {
  company: {
    key: text('key'),
    name: text('name'),
    timeZone: text('timeZone'),
    locale: text('locale'),
    country: text('country'),
    noticeMinutes: policy('noticeMinutes'),
    horizonDays: policy('horizonDays'),
    cancelNoticeMinutes: policy('cancelNoticeMinutes'),
    rescheduleNoticeMinutes: policy('rescheduleNoticeMinutes'),
    active,
  },
  branch: {
    key: text('key'),
    name: text('name'),
    timeZone: text('timeZone'),
    address: text('address'),
    schedule: text('schedule'),
    active,
  },
  number: {
    key: text('number'),
    branch: text('branch'),
    agent: text('agent'),
    service: text('defaultService'),
    resource: text('defaultResource'),
    active,
  },
  agent: { key: text('id'), branch: text('branch'), active },
  schedule: {
    key: text('key'),
    timeZone: text('timeZone'),
    hours: { field: 'weekly', read: hoursCell },
    closed: { field: 'closedDates', read: datesCell },
    active,
  },
  resource: {
    key: text('key'),
    name: text('name'),
    type: text('kind'),
    branch: text('branch'),
    schedule: text('schedule'),
    timeOff: { field: 'timeOff', read: timeOffCell },
    skills: list('skills'),
    capacity: number('capacity'),
    priority: number('priority'),
    active,
  },
  service: {
    key: text('key'),
    name: text('name'),
    durationMinutes: number('durationMinutes'),
    stepMinutes: number('stepMinutes'),
    bufferBeforeMinutes: number('bufferBeforeMinutes'),
    bufferAfterMinutes: number('bufferAfterMinutes'),
    noticeMinutes: number('noticeMinutes'),
    horizonDays: number('horizonDays'),
    price: { field: 'price', read: priceCell },
    resources: list('resources'),
    active,
  },
};

/** The list of a definition that rows of a kind go into. */
export const lists: Readonly<Record<string, string>> = {
  branch: 'branches',
  number: 'numbers',
  agent: 'agents',
  schedule: 'schedules',
  resource: 'resources',
  service: 'services',
};

/** The names of all columns. */
export const columnNames: readonly string[] = [
  ...new Set(['kind', ...Object.values(columnsOf).flatMap((columns) => Object.keys(columns))]),
];
