/** A department and the words that its courses' titles are made of. */
export interface Department {
  readonly id: string;
  readonly name: string;
  readonly building: string;
  readonly subjects: readonly string[];
}

const table = `
ART | Art and Design | Willow Studio | Drawing, Painting, Typography, Photography, Ceramics, Sculpture
BIO | Biology | Linden Hall | Ecology, Genetics, Microbiology, Evolution, Immunology, Botany
BUS | Business | Harbor Building | Accounting, Marketing, Finance, Negotiation, Strategy, Logistics
CHE | Chemistry | Linden Hall | Spectroscopy, Polymers, Catalysis, Biochemistry, Thermodynamics, Synthesis
CS | Computer Science | Turbine House | Programming, Algorithms, Databases, Networks, Compilers, Security
ECO | Economics | Harbor Building | Microeconomics, Macroeconomics, Econometrics, Trade, Banking, Games
ENG | English | Old Library | Writing, Poetry, Drama, Rhetoric, Fiction, Criticism
GEO | Geography | Maple Hall | Cartography, Climate, Cities, Oceans, Migration, Landscapes
HIS | History | Old Library | Antiquity, Empires, Revolutions, Archives, Science, Medieval Life
MAT | Mathematics | Turbine House | Calculus, Algebra, Topology, Probability, Statistics, Geometry
MUS | Music | Willow Studio | Harmony, Counterpoint, Composition, Jazz, Orchestra, Listening
PHI | Philosophy | Maple Hall | Logic, Ethics, Metaphysics, Language, Politics, Knowledge
PHY | Physics | Linden Hall | Mechanics, Optics, Electrodynamics, Quanta, Relativity, Astrophysics
PSY | Psychology | Maple Hall | Learning, Memory, Perception, Personality, Development, Motivation
`;

/** Fourteen departments. */
export const departments: readonly Department[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [id = '', name = '', building = '', subjects = ''] = line.split(' | ');
    return { id, name, building, subjects: subjects.split(', ') };
  });

const forms = [
  'Introduction to',
  'Topics in',
  'Advanced',
  'Methods of',
  'History of',
  'Seminar in',
  'Laboratory of',
];
const ways = [
  'Lectures with weekly problem sets and one examination at the end',
  'Discussion of readings, two papers and a presentation in class',
  'Work on a project in teams, with reviews every other week',
];

/** The title of a department's course number `index`. */
export function titleOf({ subjects }: Department, index: number): string {
  const part = Math.floor(index / (subjects.length * forms.length));
  const form = forms[Math.floor(index / subjects.length) % forms.length] ?? '';
  return `${form} ${subjects[index % subjects.length] ?? ''}${part === 0 ? '' : ` ${part + 1}`}`;
}

/** A description of about 170 characters. */
export function descriptionOf(title: string, { name }: Department, index: number): string {
  return `${title}, offered by the department of ${name} for students of every year. ${ways[index % ways.length]}.`;
}
