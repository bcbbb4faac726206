/** A direction of imports that must hold: files that match `from` import nothing that matches `never`, or only what matches `only`. */
export interface Rule {
  why: string;
  from: RegExp;
  never?: RegExp;
  only?: RegExp;
  /** Rooms of `sandbox/` that the rule names. */
  rooms?: readonly string[];
}

/** The rooms above the walls: they know learners and lessons. */
const ABOVE = ['app', 'commands', 'http', 'identity', 'runs', 'grading', 'lens', 'leases', 'catalog', 'languages', 'store'];

export const RULES: readonly Rule[] = [
  {
    why: 'the wire is plain data that the browser, the server and tools can all read',
    from: /^sandbox\/protocol\//,
    only: /^(zod|sandbox\/protocol\/)/,
  },
  {
    why: 'what a lesson is must not depend on how it is run',
    from: /^lessons\/[a-z-]+\.ts$/,
    only: /^(zod|lessons\/[a-z-]+\.ts$)/,
  },
  {
    why: 'a grader sees the kit and the generators, and no code of the server',
    from: /^lessons\/.*\/grader\.ts$/,
    only: /^sandbox\/(grading\/kit|generators)\//,
  },
  {
    why: 'the kit contains only what a grader may see',
    from: /^sandbox\/grading\/kit\//,
    only: /^(node:util|lessons\/(counted|diagnos[ei]s|ending-signal)|sandbox\/((grading\/kit|generators|protocol)\/|services\/kafka\/client\/record-text))/,
  },
  {
    why: 'the judge has a credential for one round on the broker, and nothing else from the server',
    from: /^sandbox\/grading\/judge\//,
    only: /^(node:|zod|sandbox\/(grading\/(kit|judge)|generators|protocol|services\/kafka\/client)\/)/,
  },
  {
    why: 'the server knows the protocol of the judge, but neither how it judges nor what graders import',
    from: /^sandbox\/(?!grading\/(kit|judge)\/)/,
    never: /^sandbox\/grading\/(kit\/|judge\/(?!ipc\.ts$))/,
  },
  {
    why: 'graders, solutions and wrong programs are loaded by path at run time and never reach a bundle',
    from: /^(sandbox|site)\//,
    never: /^lessons\/.*\/(grader\.ts|solution\/|wrong\/|alternates\/)/,
  },
  { why: 'the site knows only the wire format of the server', from: /^site\/src\//, never: /^sandbox\/(?!protocol\/)/ },
  below('code about the machine depends on no other room', ['host', 'readiness'], {
    never: [...ABOVE, 'services', 'tenancy', 'providers', 'images', 'artifacts', 'generators'],
  }),
  below('a provider starts what it is given: it knows no service, no learner, no lesson and no HTTP', ['providers'], {
    never: [...ABOVE, 'services', 'tenancy', 'generators'],
  }),
  below('an image depends only on its recipe', ['images', 'artifacts'], {
    never: [...ABOVE, 'services', 'tenancy', 'generators', 'providers'],
  }),
  below('services and tenancy know their tenants, but not what they are for', ['services', 'tenancy'], { never: ABOVE }),
  below('a language knows how a program runs, but not for whom or why', ['languages'], {
    never: ['app', 'commands', 'http', 'identity', 'runs', 'grading', 'lens', 'leases', 'catalog', 'store'],
  }),
  below('leases do not know what runs in them', ['leases'], {
    never: ['app', 'commands', 'http', 'runs', 'grading', 'lens', 'languages', 'catalog'],
  }),
  below('the catalogue knows what lessons are, not how they run', ['catalog'], {
    never: ['app', 'commands', 'http', 'runs', 'grading', 'lens', 'leases', 'store', 'providers'],
  }),
  below('only the composition knows HTTP', ['runs', 'grading', 'lens', 'leases', 'identity', 'store', 'catalog'], {
    never: ['http', 'app', 'commands'],
  }),
  below('HTTP knows neither the composition nor the commands', ['http'], { never: ['app', 'commands'] }),
  below('the composition knows no command', ['app'], { never: ['commands'] }),
  {
    why: 'input data, names and the rules of a report are pure functions of their arguments',
    from: /^sandbox\/(generators\/|tenancy\/prefix\.ts|grading\/report\.ts)/,
    never: /^(node:(fs|net|http|child_process|process)|fastify|kysely|@platformatic)/,
  },
  { why: 'the server uses one client library; kafkajs is for learners', from: /^sandbox\//, never: /^kafkajs/ },
];

/** Returns a rule for rooms that import nothing from the rooms above them. */
function below(why: string, rooms: readonly string[], { never }: { never: readonly string[] }): Rule {
  const inRooms = (names: readonly string[]) => new RegExp(`^sandbox/(${names.join('|')})/`);
  return { why, from: inRooms(rooms), never: inRooms(never), rooms: [...rooms, ...never] };
}
