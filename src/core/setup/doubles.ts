import { toE164 } from '../phone/e164.ts';
import type { FieldError } from '../refusals.ts';
import type { CompanyDefinition } from './definition.ts';

/** Keys, numbers, agents and secrets that two companies of one document claim. */
export function doubles(companies: readonly CompanyDefinition[]): readonly FieldError[] {
  const errors: FieldError[] = [];
  const claims = (): ((value: string, by: number, path: string, message?: string) => void) => {
    const owners = new Map<string, number>();
    return (value, by, path, message = `is given twice: ${value}`) => {
      const owner = owners.get(value) ?? by;
      owners.set(value, owner);
      // Within one company the same agent may answer several numbers; other repetitions are found company by company.
      if (owner !== by) errors.push({ path, message });
    };
  };
  const [companyKey, dialled, answering, secretly] = [claims(), claims(), claims(), claims()];
  companies.forEach((company, i) => {
    const path = `companies[${i}]`;
    companyKey(company.key, i, `${path}.key`);
    company.numbers?.forEach(({ number, agent, active }, j) => {
      if (active === false) return;
      dialled(toE164(number, company.country) ?? number, i, `${path}.numbers[${j}].number`);
      if (agent !== undefined) answering(agent, i, `${path}.numbers[${j}].agent`);
    });
    company.agents?.forEach(({ id }, j) => answering(id, i, `${path}.agents[${j}].id`));
    company.keys?.forEach(({ secret }, j) => secretly(secret, i, `${path}.keys[${j}].secret`, 'is given twice'));
  });
  return errors;
}
