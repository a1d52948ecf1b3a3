import { floorHandler } from "./floor-handler.ts";
import { listen } from "./listen.ts";

// An entry point: the floor.
listen(floorHandler());
