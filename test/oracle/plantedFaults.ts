import { FAULTS_OF_HOURS } from './plantedHours.ts';
import { FAULTS_OF_QUESTIONS } from './plantedQuestions.ts';
import { FAULTS_OF_SERVICES } from './plantedServices.ts';
import type { PlantedFault } from './planting.ts';

/** One mistake for every rule that random cases are meant to guard; each must be noticed. */
export const PLANTED_FAULTS: readonly PlantedFault[] = [
  ...FAULTS_OF_HOURS,
  ...FAULTS_OF_SERVICES,
  ...FAULTS_OF_QUESTIONS,
];
