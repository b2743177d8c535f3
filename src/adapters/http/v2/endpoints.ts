import { listAgenda } from './agenda.ts';
import { cancel, complete, confirm, noShow, reschedule } from './appointmentChanges.ts';
import { book, getAppointment, listAppointments } from './appointments.ts';
import { bookMany } from './batch.ts';
import { listCalls } from './calls.ts';
import { getCompany, listBranches, listResources, listServices } from './catalogue.ts';
import { configurationEndpoints } from './configuration.ts';
import { listConflicts } from './conflicts.ts';
import { eraseCustomer, exportCustomer, getCustomer, listCustomers } from './customers.ts';
import type { Endpoint } from './endpoint.ts';
import { explainSlot } from './explain.ts';
import { exportAppointments, exportCalls, exportCustomers } from './exports.ts';
import { createHold, getHold, listHolds, releaseHold } from './holds.ts';
import { makeOffer } from './offers.ts';
import { bookSeries, cancelSeries, checkSeries } from './series.ts';
import { rescheduleSeries } from './seriesMove.ts';
import { applySetup } from './setup.ts';
import { checkSlot, findSlots } from './slots.ts';

/** Where the second version of the API lies. */
export const V2 = '/api/v2';

/** Every operation below it: what the router answers and what the OpenAPI document describes. */
export const endpoints: readonly Endpoint[] = [
  ...[findSlots, checkSlot, explainSlot, makeOffer, createHold, getHold, listHolds, releaseHold],
  ...[book, bookMany, getAppointment, listAppointments, listAgenda, reschedule, cancel, confirm, complete, noShow],
  ...[bookSeries, checkSeries, cancelSeries, rescheduleSeries],
  ...[getCompany, listBranches, listServices, listResources, listCustomers, getCustomer, listCalls, applySetup],
  ...[exportCustomer, eraseCustomer, exportAppointments, exportCustomers, exportCalls],
  ...[listConflicts, ...configurationEndpoints],
];
