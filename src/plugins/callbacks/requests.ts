import type { Answer, CompanyId } from '../../plugin.ts';
import type { Callback, CallbackClosing, CallbackRequest } from './callback.ts';
import type { CallbackPage, CallbackQuery } from './store.ts';

/** Requests of callers to be called back, by company. */
export interface Callbacks {
  /**
   * Asks for a call. Of each call and reason there is one open request: asked for again it is the same one, with what is
   * told anew. Publishes `callback.requested`, or `callback.changed`.
   */
  create(
    company: CompanyId,
    request: CallbackRequest,
  ): Promise<Answer<{ readonly callback: Callback; readonly replayed: boolean }>>;
  get(company: CompanyId, id: string): Promise<Answer<{ readonly callback: Callback }>>;
  /** Page by page, those of earlier calls first. */
  list(company: CompanyId, query?: CallbackQuery): Promise<Answer<{ readonly page: CallbackPage }>>;
  /** Somebody has called. */
  done(
    company: CompanyId,
    id: string,
    closing?: CallbackClosing,
  ): Promise<Answer<{ readonly callback: Callback; readonly replayed: boolean }>>;
  /** Nobody will call. */
  dismiss(
    company: CompanyId,
    id: string,
    closing?: CallbackClosing,
  ): Promise<Answer<{ readonly callback: Callback; readonly replayed: boolean }>>;
}
