import { floorHandler } from "./floor-handler.ts";
import { listen } from "./listen.ts";

// An entry point: the floor with a memory. Where the same is asked again, nothing on node:http can answer with less work.
listen(floorHandler(new Map()));
