/**
 * `askpro/plugins/holidays`: public holidays as closed time.
 *
 * @packageDocumentation
 */
export { holidays } from './holidays.ts';
export type { HolidayCalendar, HolidayOptions, HolidayType } from './options.ts';
