/** Grades whose leads should be called now; they alone wear the signal colour. */
const HOT: readonly string[] = ['A1', 'A2', 'B1'];

export const isHot = (grade: string): boolean => HOT.includes(grade);
