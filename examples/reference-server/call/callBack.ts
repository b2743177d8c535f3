import { askApi } from './api.ts';
import { dashed, documentsWith } from './documentRows.ts';
import { ask, newCaller, pickUp, type Stage } from './scene.ts';

const COLLECTION = 'callbacks.requests';

/** A request as the API tells it. */
interface Request {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly phone: string | null;
  readonly resolution: string | null;
}

/** Nothing fits: the caller asks to be called back, and the front desk does so. */
export async function callBack(stage: Stage): Promise<void> {
  const { report, check, rows } = stage;
  report.scene('Eva wants the class for six, which has four seats, and asks to be called back');
  const call = await pickUp(stage, newCaller(rows));
  const found = await ask(stage, call, 'next_available', { service: 'Flechtkurs', people: 6 });
  check.same('there is no such class', found.ok, false);
  check.same('she may be called back', found.may_offer, ['request_callback']);
  const wish = { reason: 'nothing-fits', customer_name: 'Eva Beispiel', when: 'morgen Vormittag' };
  const noted = await ask(stage, call, 'request_callback', wish);
  check.same('that is noted', noted.ok, true);
  const again = await ask(stage, call, 'request_callback', wish);
  check.same('asked again the answer is the same', again, noted);
  const stored = () => documentsWith(rows, COLLECTION, 'phone', call.from);
  check.same('and there is one request', stored().length, 1);
  check.same('it is that of her call', stored()[0]?.['callId'], dashed(rows.call(call.id)?.id ?? ''));

  const id = stored()[0]?.id ?? '';
  const seen = await askApi<Request>(stage, { method: 'GET', path: `/callbacks/${id}` });
  const { status, reason, phone } = seen.body;
  check.same('the front desk sees it', [seen.status, status, reason, phone], [200, 'open', 'nothing-fits', call.from]);
  const body = { by: 'Clara', note: 'Zwei Kurse vereinbart' };
  const done = await askApi<Request>(stage, { method: 'POST', path: `/callbacks/${id}/done`, body });
  check.same('and closes it', [done.status, done.body.status, done.body.resolution], [200, 'done', body.note]);
  check.same('document of the request', stored()[0]?.['status'], 'done');
  console.log(`      callback     ${String(stored()[0]?.['status'])}, ${reason}`);
}
