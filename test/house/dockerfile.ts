/** One instruction of a Dockerfile: `COPY --from=build /app/dist dist`. */
export interface Instruction {
  readonly name: string;
  readonly flags: readonly string[];
  /** What follows the flags, in one line. */
  readonly rest: string;
}

/** A stage by its name (the last one has none), with its instructions after FROM. */
export interface Stage {
  readonly image: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

export function parseDockerfile(text: string): readonly Stage[] {
  const lines = text
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n");
  return lines
    .filter((line) => line.trim() !== "")
    .map(parseInstruction)
    .reduce<Stage[]>((stages, instruction) => {
      if (instruction.name === "FROM") return [...stages, stageOf(instruction)];
      const last = stages.at(-1);
      if (!last) throw new Error(`${instruction.name} stands before FROM.`);
      return [...stages.slice(0, -1), { ...last, instructions: [...last.instructions, instruction] }];
    }, []);
}

/** The words of an exec form, `["node", "main.js"]`. @throws Error for the shell form */
export function execForm(rest: string): readonly string[] {
  const words: unknown = JSON.parse(rest);
  if (Array.isArray(words) && words.every((word) => typeof word === "string")) return words;
  throw new Error(`Not an exec form: ${rest}`);
}

function parseInstruction(line: string): Instruction {
  const [name = "", ...words] = line.trim().split(/\s+/);
  const flags = words.slice(
    0,
    words.findIndex((word) => !word.startsWith("--")),
  );
  const rest = line.trim().slice(name.length).trim().slice(flags.join(" ").length).trim();
  return { name: name.toUpperCase(), flags, rest };
}

function stageOf({ rest }: Instruction): Stage {
  const [image = "", , name] = rest.split(/\s+/);
  return { image, name, instructions: [] };
}
