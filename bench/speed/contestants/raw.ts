import { callKlaviyo } from "./klaviyo-calls.ts";
import { listen } from "./listen.ts";

// An entry point: passes bytes through. Nothing that looks at what it passes on can be faster.
listen((request, response) => {
  request.resume();
  void callKlaviyo("GET", request.url ?? "").then((body) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
    response.end(body);
  });
});
