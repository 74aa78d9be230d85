/** A department of the demo catalogue and the titles of its courses, from first year to last. */
export interface DemoDepartment {
  /** Also the beginning of its course codes. */
  readonly id: string;
  readonly name: string;
  readonly building: string;
  /** The instructor of its courses. */
  readonly instructor: string;
  readonly titles: readonly string[];
}

function department(
  id: string,
  name: string,
  [building, instructor]: readonly [building: string, instructor: string],
  titles: string,
): DemoDepartment {
  return { id, name, building, instructor, titles: titles.split(', ') };
}

/** Twelve departments with fifteen courses each. */
export const demoDepartments: readonly DemoDepartment[] = [
  department(
    'ART',
    'Art and Design',
    ['Willow Studio', 'Alva Aster'],
    'Drawing I, Visual Thinking, History of Western Art, Colour and Composition, Painting I, Typography, Photography, Ceramics, Printmaking, Drawing II, Art of East Asia, Digital Illustration, Sculpture, Museum Practice, Senior Exhibition',
  ),
  department(
    'BIO',
    'Biology',
    ['Linden Hall', 'Basil Birch'],
    'Foundations of Biology, Human Biology, Ecology, Cell Biology, Genetics, Plant Biology, Microbiology, Animal Physiology, Evolution, Marine Biology, Immunology, Neurobiology, Developmental Biology, Bioinformatics, Research in Biology',
  ),
  department(
    'BUS',
    'Business',
    ['Harbor Building', 'Clem Cedar'],
    'Introduction to Business, Business Communication, Financial Accounting, Principles of Marketing, Managerial Accounting, Organizational Behavior, Business Law, Operations Management, Corporate Finance, Consumer Research, Supply Chains, International Business, Entrepreneurship, Negotiation, Strategy',
  ),
  department(
    'CHEM',
    'Chemistry',
    ['Linden Hall', 'Dara Dogwood'],
    'General Chemistry I, General Chemistry II, Chemistry and Society, Organic Chemistry I, Organic Chemistry II, Analytical Chemistry, Inorganic Chemistry, Physical Chemistry I, Physical Chemistry II, Biochemistry, Polymer Chemistry, Environmental Chemistry, Spectroscopy, Computational Chemistry, Research in Chemistry',
  ),
  department(
    'CS',
    'Computer Science',
    ['Turbine House', 'Ellis Elder'],
    'Introduction to Programming, Discrete Structures, Data Structures, Computer Organization, Algorithms, Operating Systems, Databases, Computer Networks, Software Engineering, Programming Languages, Computer Security, Machine Learning, Distributed Systems, Compilers, Capstone Project',
  ),
  department(
    'ECON',
    'Economics',
    ['Harbor Building', 'Fern Fir'],
    'Principles of Microeconomics, Principles of Macroeconomics, Economic Reasoning, Intermediate Microeconomics, Intermediate Macroeconomics, Econometrics I, Money and Banking, Public Finance, Labor Economics, International Trade, Development Economics, Game Theory, Econometrics II, Behavioral Economics, Senior Seminar in Economics',
  ),
  department(
    'ENG',
    'English',
    ['Old Library', 'Gale Ginkgo'],
    'Academic Writing, Reading Poetry, The Short Story, Survey of British Literature, Survey of American Literature, Shakespeare, The Novel, Creative Nonfiction, Modern Drama, Literary Theory, Postcolonial Literature, Science Fiction, Editing and Publishing, Poetry Workshop, Thesis in English',
  ),
  department(
    'HIST',
    'History',
    ['Old Library', 'Hollis Hazel'],
    'World History to 1500, World History since 1500, Doing History, The Ancient Mediterranean, Medieval Europe, Early Modern World, The Industrial Age, History of Science, Modern East Asia, Modern Africa, Latin American History, The Cold War, Oral History, Archives and Memory, Seminar in History',
  ),
  department(
    'MATH',
    'Mathematics',
    ['Turbine House', 'Ivo Ivy'],
    'College Algebra, Calculus I, Calculus II, Linear Algebra, Multivariable Calculus, Introduction to Proof, Differential Equations, Probability, Mathematical Statistics, Real Analysis, Abstract Algebra, Numerical Analysis, Topology, Combinatorics, Mathematical Modeling',
  ),
  department(
    'MUS',
    'Music',
    ['Willow Studio', 'Juno Juniper'],
    'Fundamentals of Music, Listening to Music, Choir, Music Theory I, Music Theory II, Ear Training, Orchestra, History of Music to 1750, History of Music since 1750, Jazz Ensemble, Composition, Conducting, Electronic Music, Music of the World, Senior Recital',
  ),
  department(
    'PHYS',
    'Physics',
    ['Linden Hall', 'Kit Kauri'],
    'Physics of Everyday Life, Mechanics, Electricity and Magnetism, Waves and Optics, Modern Physics, Mathematical Methods, Classical Dynamics, Electrodynamics, Thermal Physics, Quantum Mechanics I, Quantum Mechanics II, Astrophysics, Solid State Physics, Advanced Laboratory, Research in Physics',
  ),
  department(
    'PSY',
    'Psychology',
    ['Maple Hall', 'Lou Larch'],
    'Introduction to Psychology, Psychology of Learning, Research Methods, Statistics for Psychology, Developmental Psychology, Social Psychology, Cognitive Psychology, Biological Psychology, Personality, Abnormal Psychology, Sensation and Perception, Psychology of Language, Health Psychology, Psychological Testing, Seminar in Psychology',
  ),
];
